/** Before the key of a tag wherever a condition names it (Source B3.1/5). */
export const RESOURCE_TAG = 'aws:ResourceTag/';
