import {
  DefaultTokenResolver,
  IResolvable,
  IResolveContext,
  StringConcat,
  TerraformDataSource,
  TerraformResource,
  TerraformStack,
  Tokenization,
} from 'cdktf';
import { IConstruct } from 'constructs';
import { SYNTH } from './token-values';

/** The arguments of a resource, by their names in the schema of the provider. */
export type Arguments = Readonly<Record<string, unknown>>;

/** What an element renders to: kind of block, then type, then name. */
type Blocks = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined>>;

/** What stands for an attribute of a resource. */
const REFERENCE = /⟨[^⟩]*⟩/;

/** An attribute of a resource as authors write it by hand. */
const BY_HAND = /\$\{((?:data\.)?[a-z]\w*\.[\w-]+\.[\w.]+)\}/g;

/** A reference as cdktf has it; its fields are not public. */
interface Reference {
  readonly identifier: unknown;
  readonly originStack?: TerraformStack;
}

/**
 * A value with its references written as `⟨stack:type.name.attribute⟩`, whichever stack refers to them, and everything else
 * that only Terraform knows as it stands in its configuration.
 */
export function settled(scope: IConstruct, value: unknown): unknown {
  return Tokenization.resolve(value, { scope, preparing: false, resolver: new References(new StringConcat()) });
}

/** What stands for an attribute of a resource. */
export function referenceTo(stack: TerraformStack, address: string, attribute: string): string {
  return `⟨${stack.node.path}:${address}.${attribute}⟩`;
}

/** Whether a value, as it is settled here, is known at synthesis. */
export function isSettled(value: unknown): boolean {
  return typeof value !== 'string' || (!REFERENCE.test(value) && SYNTH.known(value));
}

/**
 * The arguments of a resource or data source as Terraform will read them, escape hatches among them, settled; undefined where
 * it is moved into another, whose arguments count.
 */
export function renderedArguments(element: TerraformResource | TerraformDataSource): Arguments | undefined {
  const { resource, data } = element.toTerraform() as Blocks;
  const written = (resource ?? data)?.[element.terraformResourceType]?.[element.friendlyUniqueId];
  const stack = TerraformStack.of(element);
  return written === undefined ? undefined : (byHand(settled(element, written), stack) as Arguments);
}

function byHand(value: unknown, stack: TerraformStack): unknown {
  if (typeof value === 'string') {
    return value.replace(BY_HAND, (_, attribute: string) => `⟨${stack.node.path}:${attribute}⟩`);
  }
  if (Array.isArray(value)) {
    return value.map((item) => byHand(item, stack));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, byHand(item, stack)]))
    : value;
}

/** Writes references as texts that are equal for all who refer to them. */
class References extends DefaultTokenResolver {
  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: never): unknown {
    const { identifier, originStack } = token as unknown as Reference;
    if (identifier === undefined || !TerraformStack.isStack(originStack)) {
      return super.resolveToken(token, context, postProcessor);
    }
    const plain = new DefaultTokenResolver(new StringConcat());
    const address = Tokenization.resolve(identifier, { scope: originStack, preparing: false, resolver: plain });
    return `⟨${originStack.node.path}:${String(address).replace(/\$\{|\}/g, '')}⟩`;
  }
}
