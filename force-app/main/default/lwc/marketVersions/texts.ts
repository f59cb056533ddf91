/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  formerVersions: 'Former versions',
  bringBack: 'Bring back',
  inUse: '(in use)',
  version: 'Version {0}{1}{2}{3}',
  bringBackVersion: 'Bring back version {0}',
};
