/** What the page itself asks the service, with the same short-lived token that a component gets. */
export async function askService(path: string): Promise<unknown> {
  const opened = await fetch('/apex/BailiwickSession.open', { method: 'POST' });
  if (!opened.ok) throw new Error(`The session answered ${opened.status}.`);
  const { token, serviceUrl } = (await opened.json()) as { token: string; serviceUrl: string };
  const response = await fetch(serviceUrl + path, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`The service answered ${response.status}.`);
  return response.json();
}
