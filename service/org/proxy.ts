/** Whether a host is reached without the environment's proxy: this machine, and what NO_PROXY names ("*", hosts, ".suffix"). */
export function bypassesProxy(host: string, noProxy = ''): boolean {
  if (host === 'localhost' || host === '[::1]' || host.startsWith('127.')) return true;
  return noProxy
    .split(/[\s,]+/)
    .filter(Boolean)
    .some(
      (name) => name === '*' || host === name.replace(/^\*?\./, '') || host.endsWith(`.${name.replace(/^\*?\./, '')}`),
    );
}
