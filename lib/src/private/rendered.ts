import { Regions } from '@holdfast/model';
import {
  CfnElement,
  CfnResource,
  DefaultTokenResolver,
  IFragmentConcatenator,
  IPostProcessor,
  IResolvable,
  IResolveContext,
  Reference,
  Stack,
  Tokenization,
} from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { SYNTH } from './token-values';

/** A resource as its template will show it, references written as `⟨stack:logicalId.attribute⟩`. */
export interface Rendered {
  readonly resource: CfnResource;
  readonly logicalId: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** What stands for a value that only the deployment knows. */
const UNKNOWN = /⟨[^⟩]*⟩/;

/** Whether a text, as rendered here, is known at synthesis. */
export function isSettled(value: unknown): boolean {
  return typeof value !== 'string' || !UNKNOWN.test(value);
}

/** What stands for an attribute of a resource; `Ref` is one, too. */
export function referenceTo(resource: CfnElement, attribute: string): string {
  const stack = Stack.of(resource);
  return `⟨${stack.node.path}:${String(stack.resolve(resource.logicalId))}.${attribute}⟩`;
}

/** The resources at and below a construct, in the order of the tree. */
export function renderedWithin(root: IConstruct): Rendered[] {
  return root.node.findAll().flatMap((node) => (CfnResource.isCfnResource(node) ? (tryRender(node) ?? []) : []));
}

function tryRender(resource: CfnResource): Rendered | undefined {
  const toTemplate: unknown = Reflect.get(resource, '_toCloudFormation');
  if (typeof toTemplate !== 'function') {
    return undefined;
  }
  const template: unknown = Reflect.apply(toTemplate, resource, []);
  const resolved: unknown = Tokenization.resolve(template, {
    scope: resource,
    preparing: false,
    resolver: new References(new JoinText()),
  });
  const [[logicalId, entry]] = Object.entries(member(resolved, 'Resources') ?? {}) as [[string, unknown]];
  const settled = flattened(entry, Stack.of(resource)) as Record<string, unknown>;
  return {
    resource,
    logicalId,
    properties: (settled.Properties ?? {}) as Record<string, unknown>,
    metadata: (settled.Metadata ?? {}) as Record<string, unknown>,
  };
}

/** Texts and what stands for references are texts; anything else cannot be joined and stays apart. */
class JoinText implements IFragmentConcatenator {
  public join(left: unknown, right: unknown): unknown {
    if (left === undefined || right === undefined) {
      return left ?? right;
    }
    return { 'Fn::Join': ['', [left, right]] };
  }
}

/** Writes references to resources as texts, whichever stack refers to them. */
class References extends DefaultTokenResolver {
  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (Reference.isReference(token) && CfnElement.isCfnElement(token.target)) {
      return postProcessor.postProcess(referenceTo(token.target, token.displayName), context);
    }
    return super.resolveToken(token, context, postProcessor);
  }
}

/** The value with intrinsic functions written as text, as far as that says something. */
function flattened(value: unknown, stack: Stack): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => flattened(item, stack));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first !== undefined && (first[0] === 'Ref' || first[0].startsWith('Fn::'))) {
    return intrinsic(first[0], flattened(first[1], stack), stack);
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, flattened(item, stack)]));
}

/** Pseudo parameters that the environment of the stack may answer. */
function pseudo(name: string, stack: Stack): string | undefined {
  const { account, region } = stack;
  const values: Readonly<Record<string, string | undefined>> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': SYNTH.known(region) ? Regions.partitionOf(region) : undefined,
  };
  const value = values[name];
  return SYNTH.known(value) ? value : undefined;
}

function intrinsic(name: string, argument: unknown, stack: Stack): unknown {
  if (name === 'Ref') {
    return referred(String(argument), stack);
  }
  if (name === 'Fn::GetAtt') {
    const [logicalId, ...attribute] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
    return `⟨${stack.node.path}:${logicalId}.${attribute.join('.')}⟩`;
  }
  if (name === 'Fn::Join' && Array.isArray(argument) && Array.isArray(argument[1])) {
    const [separator, parts] = argument as [unknown, unknown[]];
    return parts.every((part) => typeof part === 'string') ? parts.join(String(separator)) : opaque(name, argument);
  }
  return opaque(name, argument);
}

function referred(name: string, stack: Stack): string {
  const value = pseudo(name, stack);
  if (value !== undefined) {
    return value;
  }
  return name.startsWith('AWS::') ? `⟨${name}⟩` : `⟨${stack.node.path}:${name}.Ref⟩`;
}

/** Equal functions of equal arguments are equal texts, and never a known value. */
function opaque(name: string, argument: unknown): string {
  return `⟨${name} ${JSON.stringify(argument).replace(/[⟨⟩]/g, '')}⟩`;
}

function member(value: unknown, key: string): object | undefined {
  return typeof value === 'object' && value !== null ? (Reflect.get(value, key) as object | undefined) : undefined;
}
