/**
 * Paths that may find several things: `$..id`, `$.items[*].name`, `$.items[?(@.size > 1)]`, `$.items[0:2]`.
 *
 * Pure.
 * Source   the developer guide of Step Functions, "Processing input and output": paths are those of JSONPath.
 * Spec     state-machines.md; decision 0046 on the library.
 */
import { JSONPath } from 'jsonpath-plus';
import { NotRun } from './states-definition';

const QUOTED = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g;
/** What the library takes for assignments, operators of bits or scripts of its own, and paths of Step Functions do not have. */
const MEANT_OTHERWISE = /(?<![=!<>])=(?!=)|~|\[\(|[`^]/;

/**
 * Everything that a path finds, in the order of the data; undefined when it is no path.
 *
 * @throws NotRun when it is written in a way that is not read
 */
export function pathsOf(path: string, root: unknown): unknown[] | undefined {
  const bare = path.replace(QUOTED, "''");
  if (MEANT_OTHERWISE.test(bare)) {
    throw new NotRun(`path '${path}' is of a kind that is not read`);
  }
  try {
    return JSONPath<unknown[]>({ path, json: root as object, eval: 'safe', wrap: true });
  } catch (reason) {
    throw new NotRun(`path '${path}' is of a kind that is not read: ${(reason as Error).message}`);
  }
}
