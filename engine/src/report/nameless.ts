/**
 * What stands in an answer for a plan, rule or selection whose name the artifact leaves out.
 *
 * Pure: a constant. The rules of the model say that the name is missing.
 */
export const NAMELESS = '(no name)';
