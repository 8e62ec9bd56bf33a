import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const WANTED = JSON.parse(readFileSync(join(ROOT, "infra/entra-app.json"), "utf8"));
const TENANT = "bbbbbbbb-0000-4000-8000-000000000002";
const PUBLIC = ["--public-url", "https://latchkey.example.com/"];
const idOf = (name: string, kind: number) =>
  `${createHash("sha256").update(name).digest("hex").slice(0, 8)}-0000-4000-800${kind}-000000000000`;
const named = (names: readonly string[], kind: number) =>
  names.map((value) => ({ value, id: idOf(value, kind) }));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-az-"));
  copyFileSync(join(import.meta.dirname, "fake-az.mjs"), join(folder, "az"));
  chmodSync(join(folder, "az"), 0o755);
  write({
    signedIn: true,
    tenantId: TENANT,
    cloud: "AzureCloud",
    graph: {
      appRoles: named([...WANTED.permissions.application, "User.ReadWrite.All"], 1),
      oauth2PermissionScopes: named([...WANTED.permissions.delegated, "Mail.Send"], 2),
    },
    apps: [],
    principals: [],
    calls: [],
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const state = () => JSON.parse(readFileSync(join(folder, "state.json"), "utf8"));
const write = (value: object) => writeFileSync(join(folder, "state.json"), JSON.stringify(value));

function run(...words: readonly string[]) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(ROOT, "scripts/entra-app.mjs"), ...words],
    {
      encoding: "utf8",
      env: {
        PATH: `${folder}:${dirname(process.execPath)}:${process.env.PATH}`,
        FAKE_AZ_STATE: join(folder, "state.json"),
      },
    },
  );
  return { stdout, stderr, status };
}

describe("npm run entra-app", () => {
  it("says in a dry run what it would do, and does nothing", () => {
    const { stdout, stderr, status } = run(...PUBLIC, "--new-secret", "--grant", "--dry-run");
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(stderr).toMatch(/\+ make the app Latchkey/);
    expect(stderr).toMatch(
      /\+ tokens of version 2[\s\S]*\+ Application ID URI[\s\S]*\+ expose the scope access_as_user/,
    );
    expect(stderr).toMatch(/redirect URIs https:\/\/latchkey\.example\.com\/sign-in\/done and/);
    expect(stdout).toMatch(/^# dry run\n/);
    expect(state()).toMatchObject({ apps: [], calls: [] });
  });

  it("makes the app of the file, in an order that Entra takes, and prints the variables", () => {
    const { stdout, stderr, status } = run(...PUBLIC, "--new-secret", "--grant");
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const { apps, calls, principals } = state();
    expect(apps).toHaveLength(1);
    const [app] = apps;
    expect(app).toMatchObject({
      displayName: "Latchkey",
      signInAudience: "AzureADMyOrg",
      identifierUris: [`api://botid-${app.appId}`],
      api: {
        requestedAccessTokenVersion: 2,
        oauth2PermissionScopes: [{ value: "access_as_user", type: "User", isEnabled: true }],
      },
      web: {
        redirectUris: ["https://latchkey.example.com/sign-in/done", "https://latchkey.example.com/sign-in"],
      },
    });
    const [scope] = app.api.oauth2PermissionScopes;
    expect(app.api.preAuthorizedApplications.map(({ appId }: { appId: string }) => appId).sort()).toEqual(
      Object.values(WANTED.api.preAuthorizedClients).sort(),
    );
    for (const { delegatedPermissionIds } of app.api.preAuthorizedApplications)
      expect(delegatedPermissionIds).toEqual([scope.id]);
    const [access] = app.requiredResourceAccess;
    expect(access.resourceAccess).toEqual([
      ...WANTED.permissions.application.map((name: string) => ({ id: idOf(name, 1), type: "Role" })),
      ...WANTED.permissions.delegated.map((name: string) => ({ id: idOf(name, 2), type: "Scope" })),
    ]);
    expect(principals).toEqual([app.appId]);
    expect(calls.at(-1)).toEqual({ consent: app.appId });
    expect(stdout).toMatch(
      new RegExp(
        `^CLIENT_ID=${app.appId}\nTENANT_ID=${TENANT}\nPUBLIC_URL=https://latchkey\\.example\\.com\nCLIENT_SECRET=secret-\\S+\nCLIENT_SECRET_EXPIRES=\\d{4}-\\d\\d-\\d\\d\n$`,
      ),
    );
    expect(stderr).not.toMatch(/secret-/);
  });

  it("changes nothing the second time", () => {
    expect(run(...PUBLIC).status).toBe(0);
    const before = state();
    const again = run(...PUBLIC);
    expect(again).toMatchObject({ status: 0, stderr: expect.stringMatching(/= the app is as/) });
    expect(state()).toEqual(before);
  });

  it("keeps the variables in a file, for its owner alone, beside what stands there, and no value is lost", () => {
    const file = join(folder, ".env");
    writeFileSync(file, "# ours\nCLIENT_ID=\nEMERGENCY_ACCOUNTS=one", { mode: 0o644 });
    expect(run(...PUBLIC, "--new-secret", "--env", file, "--dry-run").status).toBe(0);
    expect(readFileSync(file, "utf8")).toMatch(/^# ours\nCLIENT_ID=\nEMERGENCY_ACCOUNTS=one$/);
    const { stdout, stderr } = run(...PUBLIC, "--new-secret", "--env", file);
    expect({ stdout, stderr }).toMatchObject({
      stdout: "",
      stderr: expect.stringMatching(/only you can read/),
    });
    const made = readFileSync(file, "utf8");
    expect(made).toMatch(
      new RegExp(
        `^# ours\nCLIENT_ID=${state().apps[0].appId}\nEMERGENCY_ACCOUNTS=one\nTENANT_ID=${TENANT}\nPUBLIC_URL=https://latchkey\\.example\\.com\nCLIENT_SECRET=secret-\\S+\nCLIENT_SECRET_EXPIRES=\\S+\n$`,
      ),
    );
    expect(statSync(file).mode & 0o777).toBe(0o600);
    run("--public-url", "https://other.example.com", "--env", file);
    const again = readFileSync(file, "utf8");
    expect(again).toBe(made.replace("https://latchkey.example.com", "https://other.example.com"));
  });

  it("prints them where the file cannot be written, since a secret is shown once", () => {
    const { status, stdout, stderr } = run(...PUBLIC, "--new-secret", "--env", join(folder, "none", ".env"));
    expect({ status, stderr }).toMatchObject({ status: 1, stderr: expect.stringMatching(/printed instead/) });
    expect(stdout).toMatch(/^CLIENT_SECRET=secret-/m);
  });

  it("says what no administrator has consented to, for everybody, and consents once", () => {
    run(...PUBLIC);
    expect(run(...PUBLIC).stderr).toMatch(/\? consent: none for \S+, .*User\.Read; an administrator/);
    expect(run(...PUBLIC, "--grant").stderr).toMatch(/\+ admin consent/);
    const granted = state();
    const again = run(...PUBLIC, "--grant");
    expect(again.stderr).toMatch(/= an administrator has consented to all of these/);
    expect(state().calls).toEqual(granted.calls);

    const [{ appId }] = granted.apps;
    const { appRoleAssignments, oauth2PermissionGrants } = granted.consented[appId];
    appRoleAssignments.shift();
    oauth2PermissionGrants[0].consentType = "Principal";
    write(granted);
    const [first] = WANTED.permissions.application;
    expect(run(...PUBLIC).stderr).toContain(
      `? consent: none for ${[first, ...WANTED.permissions.delegated].join(", ")}; `,
    );
    write({ ...granted, mayNotRead: true });
    expect(run(...PUBLIC)).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/cannot be read whether/),
    });
  });

  it("adds what an app lacks, and leaves what others put there", () => {
    run(...PUBLIC);
    const made = state();
    const [app] = made.apps;
    app.web.redirectUris = ["https://other.example/back"];
    app.api.preAuthorizedApplications.pop();
    app.requiredResourceAccess[0].resourceAccess.splice(0, 1, {
      id: idOf("User.ReadWrite.All", 1),
      type: "Role",
    });
    write(made);
    const { stderr } = run("--public-url", "https://latchkey.example.com", "--app-id", app.appId);
    const [mended] = state().apps;
    expect(mended.web.redirectUris).toEqual([
      "https://other.example/back",
      "https://latchkey.example.com/sign-in/done",
      "https://latchkey.example.com/sign-in",
    ]);
    expect(mended.api.preAuthorizedApplications).toHaveLength(2);
    expect(mended.requiredResourceAccess[0].resourceAccess).toHaveLength(9);
    expect(stderr).toMatch(/not needed by Latchkey, and left as they are: User\.ReadWrite\.All/);
  });

  it("trusts a managed identity in place of a secret, once", () => {
    const identity = "cccccccc-0000-4000-8000-000000000003";
    const { stdout } = run(...PUBLIC, "--managed-identity", identity);
    expect(run(...PUBLIC, "--managed-identity", identity).status).toBe(0);
    expect(state().apps[0].federated).toEqual([
      {
        name: "latchkey",
        issuer: `https://login.microsoftonline.com/${TENANT}/v2.0`,
        subject: identity,
        audiences: ["api://AzureADTokenExchange"],
      },
    ]);
    expect(stdout).toMatch(/MANAGED_IDENTITY_CLIENT_ID=\n$/);
    expect(stdout).not.toMatch(/CLIENT_SECRET/);
  });

  it.each([
    ["no public address", [], /--public-url takes the https address/],
    ["one that is not https", ["--public-url", "http://latchkey.example.com"], /https address/],
    ["an id that is none", [...PUBLIC, "--app-id", "latchkey; rm -rf /"], /takes an id \(GUID\)/],
    ["an app that is not there", [...PUBLIC, "--app-id", TENANT], /this tenant has no app/],
    ["an option it does not know", [...PUBLIC, "--force"], /Unknown option[\s\S]*--dry-run/],
    ["two proofs", [...PUBLIC, "--new-secret", "--managed-identity", TENANT], /choose one/],
  ] as const)("refuses %s, and changes nothing", (_, words, why) => {
    const { status, stderr, stdout } = run(...words);
    expect(status).toBe(1);
    expect(stderr).toMatch(why);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe("");
    expect(state().calls).toEqual([]);
  });

  it("asks which, where several apps are called so", () => {
    const two = state();
    two.apps = ["1", "2"].map((id) => ({ id, appId: id, displayName: "Latchkey" }));
    write(two);
    expect(run(...PUBLIC).stderr).toMatch(
      /several apps are called Latchkey \(1, 2\): say which with --app-id/,
    );
  });

  it("says it when az is not signed in, or not there", () => {
    write({ ...state(), signedIn: false });
    expect(run(...PUBLIC)).toMatchObject({ status: 1, stderr: expect.stringMatching(/az login/) });
    rmSync(join(folder, "az"));
    expect(run(...PUBLIC).stderr).toMatch(/az is not installed|az login/);
  });
});

describe("infra/entra-app.json", () => {
  it("asks for exactly the permissions of docs/permissions.md", () => {
    const text = readFileSync(join(ROOT, "docs/permissions.md"), "utf8");
    const section = (title: string) => (text.split(`## ${title}`)[1] ?? "").split("\n## ")[0] ?? "";
    const first = (of: string) => [...of.matchAll(/^\| `([\w.-]+)`/gm)].map(([, name]) => name).sort();
    expect(first(section("Application permissions"))).toEqual([...WANTED.permissions.application].sort());
    expect(first(section("Delegated permissions"))).toEqual([...WANTED.permissions.delegated].sort());
  });
});
