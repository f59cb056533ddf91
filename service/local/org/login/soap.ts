import type { OrgState } from '../state.ts';

export interface SoapReply {
  status: number;
  xml: string;
}

const escaped = (text: unknown): string =>
  String(text ?? '').replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const unescaped = (text: string): string =>
  text.replace(/&(#x?[0-9a-f]+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return NAMED[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return Number.isInteger(code) && code > 0 && code < 0x110000 ? String.fromCodePoint(code) : whole;
  });

const NAMESPACES =
  'xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:partner.soap.sforce.com" xmlns:sf="urn:fault.partner.soap.sforce.com" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
const envelope = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope ${NAMESPACES}><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;

function fault(code: string, message: string): SoapReply {
  const detail = `<sf:${code}Fault xsi:type="sf:Fault"><sf:exceptionCode>${code}</sf:exceptionCode><sf:exceptionMessage>${escaped(message)}</sf:exceptionMessage></sf:${code}Fault>`;
  return {
    status: 500,
    xml: envelope(
      `<soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>${code}: ${escaped(message)}</faultstring><detail>${detail}</detail></soapenv:Fault>`,
    ),
  };
}

function textOf(xml: string, name: string): string {
  return unescaped(new RegExp(`<(?:\\w+:)?${name}(?:\\s[^>]*)?>([^<]*)<`).exec(xml)?.[1] ?? '');
}

function userInfo(org: OrgState, userId: string): string {
  const user = org.db.row('User', userId) ?? {};
  const values: Record<string, unknown> = {
    organizationId: org.orgId,
    organizationName: org.db.row('Organization', org.orgId)?.['Name'],
    userEmail: user['Email'],
    userFullName: user['Name'],
    userId,
    userLanguage: 'en_US',
    userLocale: 'en_US',
    userName: user['Username'],
    userTimeZone: user['TimeZoneSidKey'],
    userType: 'Standard',
  };
  return Object.entries(values)
    .map(([name, value]) => `<${name}>${escaped(value)}</${name}>`)
    .join('');
}

function login(org: OrgState, xml: string, at: { baseUrl: string; version: string }): SoapReply {
  const userId = org.sessions.passwords.userOf(textOf(xml, 'username'), textOf(xml, 'password'));
  if (userId === undefined)
    return fault('INVALID_LOGIN', 'Invalid username, password, security token; or user locked out.');
  const token = org.sessions.open({ userId });
  const server = (kind: string): string =>
    `${at.baseUrl}/services/Soap/${kind}/${at.version}/${org.orgId.slice(0, 15)}`;
  return {
    status: 200,
    xml: envelope(
      `<loginResponse><result><metadataServerUrl>${server('m')}</metadataServerUrl><passwordExpired>false</passwordExpired><sandbox>false</sandbox><serverUrl>${server('u')}</serverUrl><sessionId>${escaped(token)}</sessionId><userId>${userId}</userId><userInfo>${userInfo(org, userId)}</userInfo></result></loginResponse>`,
    ),
  };
}

/** The partner SOAP API as far as sessions go: login, logout, getUserInfo, getServerTimestamp. */
export function answerSoap(org: OrgState, xml: string, at: { baseUrl: string; version: string }): SoapReply {
  const call = /<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)/.exec(xml)?.[1] ?? '';
  if (call === 'login') return login(org, xml, at);
  const token = textOf(xml, 'sessionId');
  const userId = org.sessions.userOf(token);
  if (userId === undefined)
    return fault(
      'INVALID_SESSION_ID',
      'Invalid Session ID found in SessionHeader: Illegal Session. Session not found, missing session hash',
    );
  if (call === 'logout') {
    org.sessions.revoke(token);
    return { status: 200, xml: envelope('<logoutResponse/>') };
  }
  if (call === 'getUserInfo')
    return {
      status: 200,
      xml: envelope(`<getUserInfoResponse><result>${userInfo(org, userId)}</result></getUserInfoResponse>`),
    };
  if (call === 'getServerTimestamp') {
    const timestamp = new Date(org.now()).toISOString();
    return {
      status: 200,
      xml: envelope(
        `<getServerTimestampResponse><result><timestamp>${timestamp}</timestamp></result></getServerTimestampResponse>`,
      ),
    };
  }
  return fault('UNSUPPORTED_API_VERSION', `This stand-in org does not serve the SOAP call ${call}; use the REST API.`);
}
