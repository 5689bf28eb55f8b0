/** Why a data folder or a snapshot is not taken; the message names it and says what was found. */
export class StoreFault extends Error {}
