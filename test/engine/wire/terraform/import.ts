// What one folder's Terraform has made, taken over by another that knows nothing of it.
import * as path from 'node:path';
import type { ServedRun, ServedTerraform } from '../../../support/served-terraform';
import { done } from './life-cycle';

type Attributes = Readonly<Record<string, unknown>>;

interface Resource {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly values: Attributes;
}

interface Change {
  readonly address: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Attributes | null;
    readonly after: Attributes | null;
    readonly after_unknown: Attributes;
  };
}

/** Ids that are not the attribute `id`, as the provider's documentation has them. */
const IDS: Readonly<Record<string, (values: Attributes) => string>> = {
  aws_cloudwatch_event_target: ({ event_bus_name: bus, rule, target_id: id }) => `${bus}/${rule}/${id}`,
  aws_iam_role_policy_attachment: ({ role, policy_arn: policy }) => `${role}/${policy}`,
  aws_lambda_permission: ({ function_name: name, statement_id: id }) => `${name}/${id}`,
  aws_s3_object: ({ bucket, key }) => `${bucket}/${key}`,
};

/** What an import leaves to do. */
export interface Taken {
  readonly folder: string;
  /** Resources that are not as declared after they were read: what happens to them, and to which attributes. */
  readonly differences: Readonly<Record<string, readonly string[]>>;
  readonly plan: ServedRun;
  readonly imported: number;
}

/**
 * Imports all that a folder has made into a fresh one with the same files, and applies what the import leaves to do.
 *
 * @param but types that the provider cannot import
 */
export async function takeOver(
  served: ServedTerraform,
  made: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  given: readonly string[],
  but: readonly string[] = [],
): Promise<Taken> {
  const state = await shown<{ values: { root_module: { resources: Resource[] } } }>(served, made);
  const own = state.values.root_module.resources.filter(({ mode, type }) => mode === 'managed' && !but.includes(type));
  const blocks = own.map(({ address, type, values }) => {
    const id = IDS[type]?.(values) ?? String(values['id']);
    return `import {\n  to = ${address}\n  id = ${JSON.stringify(id)}\n}\n`;
  });
  const folder = served.folder(`${path.basename(made)}-taken`, { ...files, 'imports.tf': blocks.join('\n') });
  done(await served.run(folder, 'init'));
  const plan = done(await served.run(folder, 'plan', '-out=plan', ...given));
  const { resource_changes: changes } = await shown<{ resource_changes: Change[] }>(served, folder, 'plan');
  done(await served.run(folder, 'apply', 'plan'));
  const differences = changes
    .filter(({ address, change }) => !/^data\./.test(address) && change.actions.join() !== 'no-op')
    .map(({ address, change }) => [address, [change.actions.join(), ...differing(change)]] as const);
  return { folder, plan, imported: own.length, differences: Object.fromEntries(differences) };
}

async function shown<T>(served: ServedTerraform, folder: string, ...args: readonly string[]): Promise<T> {
  return JSON.parse(done(await served.run(folder, 'show', '-json', ...args)).output) as T;
}

function differing({ before, after, after_unknown: unknown }: Change['change']): string[] {
  return before === null
    ? []
    : Object.keys({ ...before, ...after })
        .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after?.[name]) && unknown[name] !== true)
        .sort();
}
