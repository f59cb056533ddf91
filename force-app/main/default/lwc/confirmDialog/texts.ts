/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  close: 'Close',
  yes: 'Yes',
  cancel: 'Cancel',
};
