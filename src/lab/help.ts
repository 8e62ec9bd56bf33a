/** What the program can do; ends with the exit codes, which scripts rely on. */
export const HELP = `Asks a TEST tenant what no documentation says about Microsoft Graph, puts its passkey policy back, and writes a report.

  npm run lab [-- <options>]
      --dry-run              says which requests would be sent; only reads
      --yes                  does not ask before it writes
      --tenant-name <name>   the tenant's name: for one with more than 50 people, or to be sure which one it is
      --allow-migration      asks about a first enable as well, which may move the tenant to profiles for good
      --allow-leftover       makes a profile even where Graph might not delete it again
      --audit-wait <minutes> how long the audit log is waited for at the end (10; 0: it is looked at once)
      --client-id <id>       the app to sign in by (Microsoft Graph Command Line Tools)
      --folder <folder>      where journal and reports are (lab)

  npm run lab -- restore [--yes] [--client-id <id>] [--folder <folder>]
      Puts back what a run that was killed left, by its journal. Until then no other run begins.

TENANT_ID says which tenant; CLOUD, AUTHORITY_HOST, GRAPH_URL and the proxy are read as the bot reads them. docs/lab.md has the
roles and permissions, and what to do with a report.

Exit codes: 0 all was asked and the policy is as it was; 1 the policy is as it was, and not all was asked; 2 nothing was
written; 3 the policy is NOT as it was: run restore.
`;
