/** What the org's page would know; the server writes it into the page. */
export interface HostContext {
  readonly userId: string;
  readonly permissions: readonly string[];
  readonly users: readonly { id: string; name: string; role: string; title: string }[];
  readonly page: {
    readonly type: string;
    readonly recordId?: string;
    readonly apiName?: string;
    readonly fields?: Readonly<Record<string, unknown>>;
  };
}

export const context = JSON.parse(document.querySelector('#context')?.textContent ?? '{}') as HostContext;

/** An Apex method as a component imports it: a function that answers a promise. */
export function apexMethod(name: string): (parameters?: object) => Promise<unknown> {
  return async (parameters = {}) => {
    const response = await fetch(`/apex/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(parameters),
    });
    const body = (await response.json()) as { message?: string };
    if (!response.ok) throw Object.assign(new Error(body.message ?? `Apex answered ${response.status}.`), { body });
    return body;
  };
}
