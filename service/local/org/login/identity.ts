import type { OrgState } from '../state.ts';

/** What an identity URL and /services/oauth2/userinfo tell about a user. As in Salesforce, `id` is an https URL. */
export function identityOf(org: OrgState, userId: string, baseUrl: string) {
  const user = org.db.row('User', userId) ?? {};
  const id = `${baseUrl.replace(/^http:/, 'https:')}/id/${org.orgId}/${userId}`;
  const data = `${baseUrl}/services/data/v{version}`;
  const picture = `${baseUrl}/profilephoto/005/F`;
  const email = user['Email'] ?? user['Username'];
  return {
    id,
    sub: id,
    asserted_user: true,
    user_id: userId,
    organization_id: org.orgId,
    username: user['Username'],
    preferred_username: user['Username'],
    nick_name: String(user['Username'] ?? '').replace(/@.*$/, ''),
    nickname: String(user['Username'] ?? '').replace(/@.*$/, ''),
    display_name: user['Name'],
    name: user['Name'],
    given_name: user['FirstName'] ?? null,
    family_name: user['LastName'] ?? null,
    first_name: user['FirstName'] ?? null,
    last_name: user['LastName'] ?? null,
    email,
    email_verified: true,
    active: user['IsActive'] === 1,
    is_app_installed: true,
    user_type: 'STANDARD',
    language: 'en_US',
    locale: 'en_US',
    timezone: user['TimeZoneSidKey'] ?? 'America/New_York',
    zoneinfo: user['TimeZoneSidKey'] ?? 'America/New_York',
    utcOffset: -18_000_000,
    last_modified_date: user['LastModifiedDate'] ?? null,
    mobile_phone: null,
    mobile_phone_verified: false,
    photos: { picture, thumbnail: picture.replace(/F$/, 'T') },
    profile: `${baseUrl}/${userId}`,
    picture,
    status: { created_date: null, body: null },
    urls: {
      enterprise: `${baseUrl}/services/Soap/c/{version}/${org.orgId.slice(0, 15)}`,
      metadata: `${baseUrl}/services/Soap/m/{version}/${org.orgId.slice(0, 15)}`,
      partner: `${baseUrl}/services/Soap/u/{version}/${org.orgId.slice(0, 15)}`,
      rest: `${data}/`,
      sobjects: `${data}/sobjects/`,
      search: `${data}/search/`,
      query: `${data}/query/`,
      recent: `${data}/recent/`,
      profile: `${baseUrl}/${userId}`,
      custom_domain: baseUrl,
    },
  };
}
