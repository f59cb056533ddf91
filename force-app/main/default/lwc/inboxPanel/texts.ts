/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  inbox: 'Inbox',
  noRepSaidThatSomethingIsWrongAndNo: 'No rep said that something is wrong, and no manager asks you for anything.',
};
