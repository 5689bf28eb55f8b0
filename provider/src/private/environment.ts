import { Environment } from '@holdfast/model';
import { TerraformProvider, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { laterValue, SYNTH } from './token-values';

/** Kept on a provider, or on the stack for the provider without an alias: what is known of where its resources live. */
const ENVIRONMENT = Symbol.for('@holdfast/cdktf.environment');

/** Kept on a construct whose resources say another Region than that of their provider. */
const PLACE = Symbol.for('@holdfast/cdktf.place');

/** The part of `AwsProvider` that says where its resources live. */
interface AwsProviderPlace {
  readonly region?: string;
  readonly allowedAccountIds?: string[];
}

/**
 * Where the resources of a provider live, as far as its arguments say so.
 *
 * The rest is tokens that are never rendered: one for each provider, equal to itself alone, so that two vaults
 * of one provider are neighbours although nobody knows where. The object is the same for all of them, as the provider may be
 * made after the first of them.
 */
export function environmentOf(scope: IConstruct, provider?: TerraformProvider): Environment {
  const moved = scope.node.scopes.find((parent) => Reflect.has(parent, PLACE));
  return moved === undefined ? ofProvider(scope, provider) : (Reflect.get(moved, PLACE) as Environment);
}

/** Everything below a construct lives there, whatever its provider says. */
export function liesAt(scope: IConstruct, environment: Environment): void {
  Object.defineProperty(scope, PLACE, { value: environment });
}

function ofProvider(scope: IConstruct, provider?: TerraformProvider): Environment {
  const stack = TerraformStack.of(scope);
  const used = provider ?? defaultProvider(stack);
  const owner = used?.alias === undefined ? stack : used;
  const known = Reflect.get(owner, ENVIRONMENT) as Environment | undefined;
  const environment = known ?? { partition: laterValue(), account: laterValue(), region: laterValue() };
  if (known === undefined) {
    Object.defineProperty(owner, ENVIRONMENT, { value: environment });
  }
  return Object.assign(environment, place((used ?? {}) as AwsProviderPlace));
}

/** The AWS provider that Terraform takes when a resource names none. */
export function defaultProvider(stack: TerraformStack): TerraformProvider | undefined {
  for (const child of stack.node.children) {
    if (TerraformProvider.isTerraformProvider(child) && child.terraformResourceType === 'aws' && !child.alias) {
      return child;
    }
  }
  return undefined;
}

function place({ region, allowedAccountIds = [] }: AwsProviderPlace): Partial<Environment> {
  const [account, ...others] = allowedAccountIds;
  const partition = region === undefined || !SYNTH.known(region) ? undefined : partitionOf(region);
  return {
    ...(region === undefined ? {} : { region }),
    ...(partition === undefined ? {} : { partition }),
    ...(account === undefined || others.length > 0 ? {} : { account }),
  };
}

/** Undefined for Regions of partitions that are not open to everybody. */
function partitionOf(region: string): string | undefined {
  if (region.startsWith('cn-')) {
    return 'aws-cn';
  }
  if (region.startsWith('us-gov-')) {
    return 'aws-us-gov';
  }
  return /^[a-z]{2}-[a-z]+-\d+$/.test(region) ? 'aws' : undefined;
}
