/** The user's time zone in component tests. */
module.exports = { __esModule: true, default: 'UTC' };
