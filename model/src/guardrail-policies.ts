import { Finding, IValueProbe, Severity } from './finding';
import { Guardrail } from './guardrail';
import { GuardrailPolicyType, GuardrailRoles } from './guardrail-options';
import { OrganizationsLimits } from './organizations-limits';
import { at, found } from './private/found';
import { packPieces } from './private/guardrails/packing';
import { characters, merge, Piece } from './private/guardrails/pieces';
import { rendered, Statement } from './private/guardrails/statement';
import { absent } from './private/reading';
import { GUARDRAIL } from './private/tables/guardrail';
import { PlainValues } from './values';

/**
 * Guardrails, whom they exempt, and where they are attached.
 */
export interface GuardrailDeclaration extends GuardrailRoles {
  /**
   * The guardrails, at least 1.
   */
  readonly guardrails: Guardrail[];

  /**
   * Ids of the root (`r-…`), organizational units (`ou-…`) and accounts that the policies are attached to.
   *
   * @default - none: the policies are made and bind nobody
   */
  readonly targetIds?: string[];

  /**
   * How big policies may be, and how many a target takes.
   *
   * @default OrganizationsLimits.CURRENT
   */
  readonly limits?: OrganizationsLimits;

  /**
   * Service control policies that the targets have besides these and `FullAWSAccess`.
   *
   * @default 0
   */
  readonly otherServiceControlPolicies?: number;

  /**
   * Resource control policies that the targets have besides these and `RCPFullAWSAccess`.
   *
   * @default 0
   */
  readonly otherResourceControlPolicies?: number;

  /**
   * Declarative policies that the targets have besides these.
   *
   * @default 0
   */
  readonly otherDeclarativePolicies?: number;

  /**
   * What EC2 tells whoever is stopped by a declarative policy.
   *
   * @default - the message of AWS
   */
  readonly exceptionMessage?: string;

  /**
   * What the names of the policies begin with, 1 to 100 characters of ASCII; their kind and number follow.
   *
   * @default 'backup-guardrails'
   */
  readonly policyName?: string;

  /**
   * Description of the policies, at most 512 characters.
   *
   * @default - the guardrails that each policy carries
   */
  readonly description?: string;
}

/**
 * A statement of a policy, and why it is there.
 */
export interface GuardrailStatement {
  /**
   * Its `Sid`; in a declarative policy the setting.
   */
  readonly sid: string;

  /**
   * Ids of the guardrails that it is part of.
   */
  readonly guardrails: string[];

  /**
   * The attacks that it stops, in the order of the guardrails.
   */
  readonly attacks: string[];
}

/**
 * One policy of an organization.
 */
export interface GuardrailPolicy {
  /**
   * Its kind.
   */
  readonly policyType: GuardrailPolicyType;

  /**
   * Its name: what the declaration gives, the kind and a number from 1, e.g. `backup-guardrails-scp-1`.
   */
  readonly policyName: string;

  /**
   * Its description.
   */
  readonly description: string;

  /**
   * The document in JSON.
   */
  readonly content: any;

  /**
   * Its size in characters, as AWS Organizations counts.
   */
  readonly sizeCharacters: number;

  /**
   * Its statements, in their order.
   */
  readonly statements: GuardrailStatement[];
}

/**
 * Policies, and what is wrong with them.
 */
export interface GuardrailPack {
  /**
   * The policies, by kind; none is above the limits. What does not fit is left out, with an error among the findings.
   */
  readonly policies: GuardrailPolicy[];

  /**
   * What does not fit, as errors, and what the older limits would not take, as notes.
   */
  readonly findings: Finding[];
}

/** A policy before it has a name. */
type Nameless = Omit<GuardrailPolicy, 'policyName' | 'description'>;

/** The policies of one kind, and what does not fit. */
interface KindPack {
  readonly policies: Nameless[];
  readonly findings: Finding[];
}

const SHORT: Readonly<Record<GuardrailPolicyType, string>> = {
  [GuardrailPolicyType.SERVICE_CONTROL_POLICY]: 'scp',
  [GuardrailPolicyType.RESOURCE_CONTROL_POLICY]: 'rcp',
  [GuardrailPolicyType.DECLARATIVE_POLICY_EC2]: 'ec2',
};

/** Greatest length of a description. */
const DESCRIPTION_CHARACTERS = 512;

/** A kind of policy: how it is packed, and how many of it there may be. */
interface Kind {
  readonly policyType: GuardrailPolicyType;
  readonly limit: number;
  readonly slots: number;
  readonly taken: string;
}

/**
 * Guardrails as policies of AWS Organizations.
 */
export class GuardrailPolicies {
  /**
   * Packs guardrails into as few policies as their size allows.
   *
   * Statements that differ in their actions alone become one. One that is too long is divided by its actions or resources,
   * never by the roles that it exempts: two halves of such a list would deny everybody.
   * The same declaration always gives the same policies. Never throws.
   *
   * @param declaration the guardrails, whom they exempt, and the limits
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static pack(declaration: GuardrailDeclaration, path: string, probe: IValueProbe): GuardrailPack {
    const packs = kindsOf(declaration).map((kind) => packKind(kind, declaration, path, probe));
    const policies = packs.flatMap((pack) =>
      pack.policies.map((policy, index) => ({ ...policy, ...named(policy, index + 1, declaration) })),
    );
    const findings = packs.flatMap((pack) => pack.findings);
    return { policies, findings: [...findings, ...olderLimits(declaration, path, probe, findings)] };
  }

  /**
   * Size of a policy as AWS Organizations counts: characters of JSON without white space.
   *
   * @param content the document
   */
  public static sizeOf(content: any): number {
    return characters(content, new PlainValues());
  }

  private constructor() {}
}

function named(
  { policyType, statements }: Nameless,
  number: number,
  declaration: GuardrailDeclaration,
): Pick<GuardrailPolicy, 'policyName' | 'description'> {
  const { policyName = 'backup-guardrails', description } = declaration;
  const ids = [...new Set(statements.flatMap(({ guardrails }) => guardrails))].join(', ');
  const short = ids.length > DESCRIPTION_CHARACTERS ? `${ids.slice(0, DESCRIPTION_CHARACTERS - 5)} etc.` : ids;
  return { policyName: `${policyName}-${SHORT[policyType]}-${number}`, description: description ?? short };
}

function kindsOf(declaration: GuardrailDeclaration): Kind[] {
  const limits = declaration.limits ?? OrganizationsLimits.CURRENT;
  const { otherServiceControlPolicies: scps = 0, otherResourceControlPolicies: rcps = 0 } = declaration;
  const { otherDeclarativePolicies: declarative = 0 } = declaration;
  return [
    {
      policyType: GuardrailPolicyType.SERVICE_CONTROL_POLICY,
      limit: limits.serviceControlPolicyCharacters,
      slots: limits.serviceControlPoliciesAttached - 1 - scps,
      taken: `FullAWSAccess and ${scps} others`,
    },
    {
      policyType: GuardrailPolicyType.RESOURCE_CONTROL_POLICY,
      limit: limits.resourceControlPolicyCharacters,
      slots: limits.resourceControlPoliciesAttached - 1 - rcps,
      taken: `RCPFullAWSAccess and ${rcps} others`,
    },
    {
      policyType: GuardrailPolicyType.DECLARATIVE_POLICY_EC2,
      limit: limits.declarativePolicyCharacters,
      slots: limits.declarativePoliciesAttached - declarative,
      taken: `${declarative} others`,
    },
  ];
}

function packKind(kind: Kind, declaration: GuardrailDeclaration, path: string, probe: IValueProbe): KindPack {
  const { policyType, slots, taken } = kind;
  const guardrails = declaration.guardrails.filter((guardrail) => guardrail.policyType === policyType);
  const where = at(path, 'guardrails');
  const { policies, findings } =
    policyType === GuardrailPolicyType.DECLARATIVE_POLICY_EC2
      ? packSettings(guardrails, kind, declaration, where, probe)
      : packStatements(guardrails, kind, declaration, where, probe);
  if (policies.length > slots) {
    const given = `${policies.length} of the kind ${policyType} beside ${taken}`;
    findings.push(
      found(GUARDRAIL.attachments, where, given, `at most ${slots} policies: ${GUARDRAIL.attachments.allowed}`),
    );
  }
  return { policies, findings };
}

function packStatements(
  guardrails: readonly Guardrail[],
  kind: Kind,
  roles: GuardrailRoles,
  where: string,
  probe: IValueProbe,
): KindPack {
  const pieces = merge(guardrails.flatMap((guardrail) => piecesOf(guardrail, roles)));
  const { bins, tooLong } = packPieces(pieces, kind.limit, probe);
  const attacks = new Map(guardrails.map(({ id, attack }) => [id, attack]));
  return {
    policies: bins.map((bin) => policyOf(kind.policyType, bin, attacks, probe)),
    findings: tooLong.map((piece) => {
      const given = `more than ${kind.limit} characters for one action of ${ownersOf(piece).join(', ')}`;
      return found(GUARDRAIL.size, where, given);
    }),
  };
}

function piecesOf(guardrail: Guardrail, roles: GuardrailRoles): Piece[] {
  return guardrail.statements(roles).map((json) => {
    const statement: Statement = {
      ...json,
      Sid: placeholder(guardrail.id),
      Action: listOf(json.Action),
      Resource: listOf(json.Resource),
    };
    return { statement, owners: new Map(statement.Action.map((action) => [action, [guardrail.id]])) };
  });
}

function listOf(value: string | string[]): string[] {
  return Array.isArray(value) ? value : [value];
}

/** As long as the longest name that the statement may get in the end. */
function placeholder(id: string): string {
  return `${pascal(id)}AndMore999`;
}

function pascal(id: string): string {
  return id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function ownersOf(piece: Piece): string[] {
  return [...new Set([...piece.owners.values()].flat())];
}

function policyOf(
  policyType: GuardrailPolicyType,
  pieces: readonly Piece[],
  attacks: ReadonlyMap<string, string>,
  probe: IValueProbe,
): Nameless {
  const taken = new Map<string, number>();
  const named = pieces.map((piece) => {
    const guardrails = ownersOf(piece);
    const name = pascal(guardrails[0]) + (guardrails.length > 1 ? 'AndMore' : '');
    const before = taken.get(name) ?? 0;
    taken.set(name, before + 1);
    return { piece, guardrails, sid: before === 0 ? name : `${name}${before + 1}` };
  });
  const content = {
    Version: '2012-10-17',
    Statement: named.map(({ piece, sid }) => rendered({ ...piece.statement, Sid: sid })),
  };
  const statements = named.map(({ sid, guardrails }) => ({
    sid,
    guardrails,
    attacks: guardrails.map((id) => attacks.get(id) ?? ''),
  }));
  return { policyType, content, sizeCharacters: characters(content, probe), statements };
}

/** One document for all settings: two of them for one setting would leave open which counts. */
function packSettings(
  guardrails: readonly Guardrail[],
  kind: Kind,
  declaration: GuardrailDeclaration,
  where: string,
  probe: IValueProbe,
): KindPack {
  if (guardrails.length === 0) {
    return { policies: [], findings: [] };
  }
  const { exceptionMessage } = declaration;
  const message = absent(exceptionMessage) ? {} : { exception_message: { '@@assign': exceptionMessage } };
  const content = {
    ec2_attributes: Object.assign({}, message, ...guardrails.map((guardrail) => guardrail.settings())),
  };
  const sizeCharacters = characters(content, probe);
  if (sizeCharacters > kind.limit) {
    return {
      policies: [],
      findings: [found(GUARDRAIL.size, where, `${sizeCharacters} characters of settings of EC2`)],
    };
  }
  const statements = guardrails.map(({ id, actions, attack }) => ({
    sid: actions.join(', '),
    guardrails: [id],
    attacks: [attack],
  }));
  return { policies: [{ policyType: kind.policyType, content, sizeCharacters, statements }], findings: [] };
}

/** A note where the limits before would take less than these do. */
function olderLimits(
  declaration: GuardrailDeclaration,
  path: string,
  probe: IValueProbe,
  findings: readonly Finding[],
): Finding[] {
  const { limits = OrganizationsLimits.CURRENT } = declaration;
  const older = OrganizationsLimits.OLDER;
  if (
    findings.some(({ severity }) => severity === Severity.ERROR) ||
    limits.serviceControlPolicyCharacters <= older.serviceControlPolicyCharacters
  ) {
    return [];
  }
  const [scp] = kindsOf({ ...declaration, limits: older }).map((kind) => packKind(kind, declaration, path, probe));
  const refused = scp.findings.map(({ message }) => message.slice(message.lastIndexOf(' got ') + 5));
  return refused.slice(0, 1).map((given) => found(GUARDRAIL.olderLimits, at(path, 'limits'), given));
}
