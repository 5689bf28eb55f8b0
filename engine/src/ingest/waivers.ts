/**
 * Waivers that constructs write beside what they render.
 *
 * Pure. `@holdfast/cdk` writes them into a resource's `Metadata`, `@holdfast/cdktf` into its `//` comment.
 * Source   design.md section 2: a waiver is one noun everywhere.
 */
import type { BackupPlan, Waiver } from '@holdfast/model';
import { IngestRefusal } from './artifact';

/** Key that the constructs write under. */
export const HOLDFAST_KEY = 'Holdfast';

/**
 * The waivers in what a construct wrote, with paths as findings have them.
 *
 * @param written what stands under `HOLDFAST_KEY`, undefined where nothing does
 * @param place of what was written, for a refusal
 * @param declaredAt what the paths of findings begin with
 */
export function waiversIn(written: unknown, file: string, place: string, declaredAt: string): Waiver[] {
  const waivers = (written as { waivers?: unknown } | null | undefined)?.waivers ?? [];
  if (!Array.isArray(waivers)) {
    throw new IngestRefusal(file, `${place}.waivers`, 'must be a list');
  }
  return waivers.map((entry: unknown, index) => {
    const fields = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>;
    const [rule, path, reason, expires] = ['rule', 'path', 'reason', 'expires'].map((key) => fields[key]);
    const isText = typeof rule === 'string' && typeof path === 'string' && typeof reason === 'string';
    if (!isText || (expires !== undefined && typeof expires !== 'string')) {
      throw new IngestRefusal(file, `${place}.waivers[${index}]`, 'must have rule, path and reason, each a text');
    }
    return { rule, path: `${declaredAt}.${path}`, reason, ...(expires !== undefined && { expires }) };
  });
}

/** Waivers of a plan laid over its selections too, as the constructs do, where selections are declared elsewhere. */
export function overSelections(waivers: readonly Waiver[], plans: readonly BackupPlan[]): Waiver[] {
  const found = [...waivers];
  for (const plan of waivers.length === 0 ? [] : plans) {
    const own = waivers.filter(({ path }) => path.startsWith(`${plan.declaredAt}.`));
    for (const { declaredAt = '' } of own.length === 0 ? [] : (plan.selections ?? [])) {
      if (declaredAt !== '' && !declaredAt.startsWith(`${plan.declaredAt}.`)) {
        const after = `${plan.declaredAt}`.length;
        found.push(...own.map((waiver) => ({ ...waiver, path: `${declaredAt}${waiver.path.slice(after)}` })));
      }
    }
  }
  return found;
}
