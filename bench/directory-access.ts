/** What it takes to reach a simulated directory as the app that is registered there. */
export interface DirectoryAccess {
  readonly entraUrl: string;
  readonly graphUrl: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}
