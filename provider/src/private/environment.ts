import { Environment } from '@holdfast/model';
import { TerraformProvider, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { laterValue, SYNTH } from './token-values';

/** What is known of where a provider's resources live, kept on the provider so that it is the same for all of them. */
const ENVIRONMENT = Symbol.for('@holdfast/cdktf.environment');

/** The part of `AwsProvider` that says where its resources live. */
interface AwsProviderPlace {
  readonly region?: string;
  readonly allowedAccountIds?: string[];
}

/**
 * Where the resources of a provider live, as far as its arguments say so.
 *
 * The rest is tokens that are never rendered: one for each provider, equal to itself alone, so that two vaults
 * of one provider are neighbours although nobody knows where.
 */
export function environmentOf(scope: IConstruct, provider?: TerraformProvider): Environment {
  const stack = TerraformStack.of(scope);
  const used = provider ?? defaultProvider(stack);
  const owner = used ?? stack;
  const known = Reflect.get(owner, ENVIRONMENT) as Environment | undefined;
  if (known !== undefined) {
    return known;
  }
  const environment = readEnvironment((used ?? {}) as AwsProviderPlace);
  Object.defineProperty(owner, ENVIRONMENT, { value: environment });
  return environment;
}

/** The AWS provider that Terraform takes when a resource names none. */
function defaultProvider(stack: TerraformStack): TerraformProvider | undefined {
  for (const child of stack.node.children) {
    if (TerraformProvider.isTerraformProvider(child) && child.terraformResourceType === 'aws' && !child.alias) {
      return child;
    }
  }
  return undefined;
}

function readEnvironment(place: AwsProviderPlace): Environment {
  const [account, ...others] = place.allowedAccountIds ?? [];
  const region = place.region ?? laterValue();
  return {
    partition: SYNTH.known(region) ? partitionOf(region) : laterValue(),
    account: account === undefined || others.length > 0 ? laterValue() : account,
    region,
  };
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) {
    return 'aws-cn';
  }
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
