/** The empty page; main.js fills it from the context. `<` is escaped so that no value can close the script element. */
export function pageHtml(context: object): string {
  const json = JSON.stringify(context).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Territories | Bailiwick</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%230176d3'/%3E%3C/svg%3E">
<link rel="stylesheet" href="/build/slds.css">
<link rel="stylesheet" href="/build/host.css">
</head>
<body>
<script type="application/json" id="context">${json}</script>
<header id="header"></header>
<div id="toasts" aria-live="polite"></div>
<main id="page"></main>
<script type="module" src="/build/main.js"></script>
</body>
</html>
`;
}
