/**
 * Reads policy documents: from whatever was given to statements, or what is wrong with it and where.
 *
 * Pure. Never throws.
 * Source   IAM user guide, "Grammar of the IAM JSON policy language", cited from memory.
 * Spec     evaluation.md beside this file.
 */
import { parseJson } from '../../kernel/json';
import { BASE_OPERATORS, Condition, operatorOf } from './conditions';
import type { NamedPolicy, PolicyType } from './policies';
import type { NamedPrincipals } from './principals';

/** What is wrong with a document, and where. */
export interface Fault {
  /** E.g. `Statement[0].Effect`; empty for the document itself. */
  readonly place: string;
  readonly message: string;
}

export interface Statement {
  /** `Sid`, or `Statement[n]`. */
  readonly label: string;
  readonly effect: 'Allow' | 'Deny';
  /** Undefined where the kind of policy has none: identity policies, and those of organizations. */
  readonly principal: { readonly not: boolean; readonly named: NamedPrincipals } | undefined;
  readonly action: Listed;
  /** Undefined where the policy belongs to its resource and names none. */
  readonly resource: Listed | undefined;
  readonly conditions: readonly Condition[];
}

/** An element or its opposite. */
export interface Listed {
  readonly not: boolean;
  readonly values: readonly string[];
}

export interface Document {
  /** Whether policy variables are replaced. */
  readonly variables: boolean;
  readonly statements: readonly Statement[];
  readonly faults: readonly Fault[];
}

const VERSIONS = ['2012-10-17', '2008-10-17'];
const TOP = ['Version', 'Id', 'Statement'];
const ELEMENTS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];
const PRINCIPAL_KINDS = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const;
/** Policies that belong to a resource and say whom they mean. */
const OF_RESOURCES: readonly PolicyType[] = ['resource', 'key', 'trust', 'resource-control'];
const SUCH_AS = `must be an operator such as ${BASE_OPERATORS.slice(0, 3).join(', ')}`;
const ACTION = /^(\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+)$/;
const RESOURCE = /^(\*|arn:.+|arn\*.*|\$\{.+)$/;
const ANY_TEXT = [/./, 'a text'] as const;
const PRINCIPAL = /^(\*|\d{12}|arn:.+|AIDA\w+|AROA\w+)$/;

/** Types of JSON that a condition compares. */
const VALUES = ['string', 'number', 'boolean'];
const NOTHING: Listed = { not: false, values: [] };
const NOBODY: NamedPrincipals = { AWS: [], Service: [] };

const read = new WeakMap<NamedPolicy, Map<PolicyType, Document>>();

/** The statements of a policy; the same object is read once. */
export function documentOf(policy: NamedPolicy, type: PolicyType): Document {
  const known = read.get(policy) ?? new Map<PolicyType, Document>();
  read.set(policy, known);
  const document = known.get(type) ?? new Reader(type).document(policy.document);
  known.set(type, document);
  return document;
}

type Json = Record<string, unknown>;

class Reader {
  private readonly faults: Fault[] = [];

  constructor(private readonly type: PolicyType) {}

  document(given: unknown): Document {
    const json = this.parsed(given);
    const statements: Statement[] = [];
    let version: unknown;
    if (json !== undefined) {
      this.only(json, TOP, '');
      version = json.Version;
      if (version !== undefined && !VERSIONS.includes(version as string)) {
        this.fault('Version', `must be ${VERSIONS.join(' or ')}, got ${shown(version)}`);
      }
      statements.push(...this.statements(json.Statement));
    }
    return { variables: version === VERSIONS[0], statements, faults: this.faults };
  }

  private parsed(given: unknown): Json | undefined {
    let value = given;
    if (typeof given === 'string') {
      try {
        value = parseJson(given);
      } catch (error) {
        this.fault('', `must be JSON: ${(error as Error).message}`);
        return undefined;
      }
    }
    return this.object(value, '', 'must be an object');
  }

  private statements(given: unknown): Statement[] {
    if (Array.isArray(given)) {
      return given.flatMap((one: unknown, index) => this.statement(one, `Statement[${index}]`));
    }
    return given === undefined ? (this.fault('Statement', 'must be there'), []) : this.statement(given, 'Statement[0]');
  }

  private statement(given: unknown, place: string): Statement[] {
    const json = this.object(given, place, 'must be an object');
    if (json === undefined) {
      return [];
    }
    this.only(json, ELEMENTS, place);
    const { Sid, Effect } = json;
    if (Sid !== undefined && typeof Sid !== 'string') {
      this.fault(`${place}.Sid`, `must be a text, got ${shown(Sid)}`);
    }
    if (Effect !== 'Allow' && Effect !== 'Deny') {
      this.fault(`${place}.Effect`, `must be Allow or Deny, got ${shown(Effect)}`);
    }
    return [
      {
        label: typeof Sid === 'string' && Sid !== '' ? Sid : place,
        effect: Effect === 'Allow' ? 'Allow' : 'Deny',
        principal: this.principal(json, place),
        action: this.listed(json, 'Action', place, ACTION, 'service:action') ?? NOTHING,
        resource: this.resource(json, place),
        conditions: this.conditions(json.Condition, `${place}.Condition`),
      },
    ];
  }

  private resource(json: Json, place: string): Listed | undefined {
    const named = json.Resource !== undefined || json.NotResource !== undefined;
    if (this.type === 'trust' && named) {
      this.fault(`${place}.Resource`, 'must not be there: a trust policy is about its role');
    }
    if (!named && OF_RESOURCES.includes(this.type) && this.type !== 'resource-control') {
      return undefined;
    }
    return this.listed(json, 'Resource', place, RESOURCE, 'an ARN or *');
  }

  private listed(json: Json, name: string, place: string, form: RegExp, words: string): Listed | undefined {
    const not = json[`Not${name}`] !== undefined;
    if (not === (json[name] !== undefined)) {
      this.fault(`${place}.${name}`, `must be there, or Not${name}, and not both`);
    }
    const element = not ? `Not${name}` : name;
    if (json[element] === undefined) {
      return undefined;
    }
    return { not, values: this.texts(json[element], `${place}.${element}`, form, words) };
  }

  private principal(json: Json, place: string): Statement['principal'] {
    const { Principal, NotPrincipal } = json;
    if (!OF_RESOURCES.includes(this.type)) {
      for (const name of ['Principal', 'NotPrincipal']) {
        if (json[name] !== undefined) {
          this.fault(`${place}.${name}`, 'must not be there: the policy is attached to whom it means');
        }
      }
      return undefined;
    }
    if ((Principal === undefined) === (NotPrincipal === undefined)) {
      this.fault(`${place}.Principal`, 'must be there, or NotPrincipal, and not both');
    }
    const not = NotPrincipal !== undefined;
    return { not, named: this.principals(not ? NotPrincipal : Principal, `${place}.${not ? 'Not' : ''}Principal`) };
  }

  private principals(given: unknown, place: string): NamedPrincipals {
    if (given === '*') {
      return { ...NOBODY, AWS: ['*'] };
    }
    const json = given === undefined ? undefined : this.object(given, place, 'must be * or an object');
    if (json === undefined) {
      return NOBODY;
    }
    this.only(json, PRINCIPAL_KINDS, place);
    const lists = PRINCIPAL_KINDS.filter((kind) => json[kind] !== undefined).map((kind) => {
      const [form, words] = kind === 'AWS' ? ([PRINCIPAL, 'an account, an ARN or *'] as const) : ANY_TEXT;
      return [kind, this.texts(json[kind], `${place}.${kind}`, form, words)] as const;
    });
    return { ...NOBODY, ...Object.fromEntries(lists) };
  }

  private conditions(given: unknown, place: string): Condition[] {
    if (given === undefined) {
      return [];
    }
    const json = this.object(given, place, 'must be an object') ?? {};
    return Object.entries(json).flatMap(([operator, keys]) => {
      const parts = operatorOf(operator);
      if (parts === undefined) {
        this.fault(`${place}.${operator}`, SUCH_AS);
      }
      const byKey = this.object(keys, `${place}.${operator}`, 'must be an object of keys and values') ?? {};
      return Object.entries(byKey).flatMap(([key, value]) => {
        const values = this.values(value, `${place}.${operator}.${key}`);
        return parts === undefined ? [] : [{ operator, ...parts, key, values }];
      });
    });
  }

  private values(given: unknown, place: string): string[] {
    const right = (one: unknown) => VALUES.includes(typeof one);
    return this.chosen(given, right, place, 'texts, numbers or booleans').map(String);
  }

  private texts(given: unknown, place: string, form: RegExp, words: string): string[] {
    const right = (one: unknown) => typeof one === 'string' && form.test(one);
    return this.chosen(given, right, place, words) as string[];
  }

  /** Those of a list that are right; what is not is a fault. */
  private chosen(given: unknown, right: (one: unknown) => boolean, place: string, words: string): unknown[] {
    const list: readonly unknown[] = Array.isArray(given) ? given : [given];
    for (const wrong of list.filter((one) => !right(one))) {
      this.fault(place, `must be ${words}, got ${shown(wrong)}`);
    }
    return list.filter(right);
  }

  private object(given: unknown, place: string, must: string): Json | undefined {
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) {
      return given as Json;
    }
    this.fault(place, `${must}, got ${shown(given)}`);
    return undefined;
  }

  private only(json: Json, names: readonly string[], place: string): void {
    for (const name of Object.keys(json).filter((one) => !names.includes(one))) {
      this.fault(place === '' ? name : `${place}.${name}`, `must be one of ${names.join(', ')}`);
    }
  }

  private fault(place: string, message: string): void {
    this.faults.push({ place, message });
  }
}

function shown(given: unknown): string {
  try {
    return JSON.stringify(given)?.slice(0, 80) ?? String(given);
  } catch {
    return typeof given;
  }
}
