const escaped = (text: unknown): string =>
  String(text ?? '').replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);

const KEPT = ['response_type', 'client_id', 'redirect_uri', 'state', 'scope', 'code_challenge', 'prompt'];

/** The page where a user of the web server flow gives her password. */
export function loginPage(form: Record<string, unknown>, problem = ''): string {
  const hidden = KEPT.filter((name) => typeof form[name] === 'string')
    .map((name) => `<input type="hidden" name="${name}" value="${escaped(form[name])}">`)
    .join('');
  return `<!doctype html><html lang="en"><head><title>Login | Stand-in Salesforce</title></head><body>
<form method="post" action="/services/oauth2/authorize" name="login" id="login_form">${hidden}
<p role="alert" id="error">${escaped(problem)}</p>
<label>Username <input name="username" id="username" autocomplete="username"></label>
<label>Password <input name="password" id="password" type="password" autocomplete="current-password"></label>
<button type="submit" id="Login">Log In</button></form></body></html>`;
}
