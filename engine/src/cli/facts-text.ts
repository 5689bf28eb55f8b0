/**
 * Where the facts that findings cite can be looked up.
 *
 * Pure: data in, lines out.
 */
import type { Finding } from '@holdfast/model';

/** The page of the facts in the repository that package.json names; a test holds the two together. */
export const FACTS_PAGE = 'https://github.com/holdfast-backup/holdfast/blob/main/docs/facts.md';

/** Where to look up the facts that findings cite, said once; nothing where none is cited. */
export function factsText(findings: readonly Finding[]): string[] {
  const cited = findings.some((finding) => finding.source.includes('AWS Backup facts'));
  return cited ? [`AWS Backup facts: ${FACTS_PAGE}`] : [];
}
