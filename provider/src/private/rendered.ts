import { DefaultTokenResolver, IResolvable, IResolveContext, StringConcat, TerraformStack, Tokenization } from 'cdktf';
import { IConstruct } from 'constructs';

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
