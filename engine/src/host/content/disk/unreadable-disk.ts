/** A disk, or a file system on it, whose files cannot be listed; the message says why. */
export class UnreadableDisk extends Error {}
