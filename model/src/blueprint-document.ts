import { DocumentShape } from './document-shape';
import { Finding } from './finding';
import { BLUEPRINT } from './private/blueprint-fields';
import { DOCUMENT } from './private/tables/blueprint';

/**
 * The form of a blueprint: an estate as a document in YAML or JSON.
 *
 * Its members are the structs of this package, with the environment said once at the top. The schema for editors is
 * `docs/blueprint.schema.json`.
 */
export class BlueprintDocument {
  /**
   * What `schema` says in a blueprint.
   */
  public static readonly SCHEMA = 'holdfast.blueprint/1';

  /**
   * What may stand in a blueprint.
   */
  public static readonly SHAPE: DocumentShape = BLUEPRINT;

  /**
   * What does not fit in a document from which constructs are made. Never throws.
   *
   * Commands read audits, restore testing plans, legal holds, tiering configurations, restore access vaults and organizations
   * of a blueprint; the constructs that declare those are others.
   *
   * @param document the document, as it was parsed
   * @param path the file, or whatever else the document is called by
   */
  public static check(document: any, path: string): Finding[] {
    const faults = BlueprintDocument.SHAPE.findFaults(document, '');
    if (faults.length > 0) {
      return faults.map(({ place, message }) => ({ ...finding(place === '' ? path : `${path}: ${place}`), message }));
    }
    const { schema } = document as { schema: string };
    return schema === BlueprintDocument.SCHEMA
      ? [...policyFaults(document as Document, path), ...notMade(document as Document, path)]
      : [{ ...finding(`${path}: schema`), message: `must be ${BlueprintDocument.SCHEMA}, got ${schema}` }];
  }

  private constructor() {}
}

function finding(path: string): Omit<Finding, 'message'> {
  const { rule, effect, severity, source } = DOCUMENT.form;
  return { rule, effect, severity, path, source };
}

/** What is read of a blueprint whose form is known. */
interface Document {
  readonly frameworks?: unknown[];
  readonly reportPlans?: unknown[];
  readonly restoreTestingPlans?: unknown[];
  readonly legalHolds?: unknown[];
  readonly tieringConfigurations?: unknown[];
  readonly restoreAccessVaults?: unknown[];
  readonly organizations?: unknown[];
  readonly organizationSettings?: unknown[];
  readonly vaults?: { readonly accessPolicy?: unknown }[];
  readonly logicallyAirGappedVaults?: { readonly accessPolicy?: unknown }[];
}

const NOT_MADE = [
  ...(['frameworks', 'reportPlans', 'restoreTestingPlans'] as const),
  ...(['legalHolds', 'tieringConfigurations', 'restoreAccessVaults'] as const),
  ...(['organizations', 'organizationSettings'] as const),
];

/** Members that constructs make nothing of. */
function notMade(document: Document, path: string): Finding[] {
  return NOT_MADE.flatMap((list) =>
    (document[list] ?? []).length === 0
      ? []
      : [
          {
            ...finding(`${path}: ${list}`),
            message: `must be declared by constructs of their own, got ${document[list]!.length} in a blueprint, which commands alone read`,
          },
        ],
  );
}

/** Policies that are texts without being JSON; what they say is left to the rules of vaults. */
function policyFaults(document: Document, path: string): Finding[] {
  return (['vaults', 'logicallyAirGappedVaults'] as const).flatMap((list) =>
    (document[list] ?? []).flatMap(({ accessPolicy }, index) =>
      typeof accessPolicy !== 'string' || isJson(accessPolicy)
        ? []
        : [
            {
              ...finding(`${path}: ${list}[${index}].accessPolicy`),
              message: 'must be a policy document, or one as JSON text, got a text that is no JSON',
            },
          ],
    ),
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
