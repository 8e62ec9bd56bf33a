/** How long a download may take and how large it may be. */
export interface DownloadLimits {
  readonly milliseconds: number;
  readonly bytes: number;
}

/** FIDO's BLOB has some 4 to 10 MB. */
const USUAL_LIMITS: DownloadLimits = { milliseconds: 30_000, bytes: 20_000_000 };
const MOST_REDIRECTS = 5;

/**
 * The FIDO metadata BLOB as it is served, unverified.
 * @param options.signal gives up when it is aborted
 * @throws Error that says what went wrong
 */
export async function downloadMetadata(
  url: string,
  options: { readonly limits?: DownloadLimits | undefined; readonly signal: AbortSignal },
): Promise<string> {
  const { milliseconds, bytes } = options.limits ?? USUAL_LIMITS;
  const tooLong = AbortSignal.timeout(milliseconds);
  try {
    const response = await follow(new URL(url), AbortSignal.any([tooLong, options.signal]));
    return await readAtMost(bytes, response);
  } catch (error) {
    if (tooLong.aborted) throw new Error(`it took longer than ${milliseconds / 1000} seconds`);
    throw error;
  }
}

/** Redirects are followed by hand: each step has to be https, also in between. */
async function follow(start: URL, signal: AbortSignal): Promise<Response> {
  let url = start;
  for (let step = 0; step <= MOST_REDIRECTS; step += 1) {
    if (url.protocol !== "https:") throw new Error(`${url.origin} is not https`);
    const response = await fetch(url, { redirect: "manual", signal });
    const location = response.headers.get("location");
    if (response.status === 200) return response;
    await response.body?.cancel();
    if (response.status < 300 || response.status >= 400 || location === null) {
      throw new Error(`${url.host} answered ${response.status}`);
    }
    url = new URL(location, url);
  }
  throw new Error(`${start.host} redirected more than ${MOST_REDIRECTS} times`);
}

async function readAtMost(bytes: number, response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the rest of the download.
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > bytes) throw new Error(`it is larger than ${bytes / 1_000_000} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8").trim();
}
