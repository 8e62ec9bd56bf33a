/** A page to save. The name is ours, of letters, digits, points and dashes. */
export interface EvidenceFile {
  readonly name: string;
  readonly html: string;
}

/** People without a passkey, to save. The name is ours likewise. */
export interface PeopleListFile {
  readonly name: string;
  readonly csv: string;
}

/** What a link to evidence leads to when it is wrong or its time is up: which of the two is not said. */
export const NO_EVIDENCE_PAGE = page("ask for the evidence again");
/** The same of a list of people. */
export const NO_PEOPLE_LIST_PAGE = page("ask for the list again");

function page(next: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Latchkey</title>
<h1>Latchkey</h1>
<p>This link opens nothing, or no longer: it works for ten minutes. Return to Teams and ${next}.</p>
</html>
`;
}
