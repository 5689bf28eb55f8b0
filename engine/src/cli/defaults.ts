/**
 * What holds where nobody says otherwise, for the command line and the library alike.
 *
 * Pure: constants.
 * Source   design.md section 2.
 */

export const DEFAULT_ACCOUNT = '123456789012';
export const DEFAULT_REGION = 'us-east-1';
export const DEFAULT_SEED = 1;

/** Where a run starts: fixed, so that the same input gives the same digest on any day. */
export const DEFAULT_START = '2027-01-01T00:00:00Z';
