/**
 * Where the button of a sign-in request leads. Teams signs in silently and hardly ever shows the button; a person who
 * presses it has signed in to Teams already, so there is nothing to do here but go back.
 */
export const SIGN_IN_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Latchkey</title>
<h1>Latchkey</h1>
<p>Return to Teams and press Approve again.</p>
</html>
`;
