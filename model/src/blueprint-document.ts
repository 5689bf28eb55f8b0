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
   * What does not fit in a document, the first value of it. Never throws.
   *
   * @param document the document, as it was parsed
   * @param path the file, or whatever else the document is called by
   */
  public static check(document: any, path: string): Finding[] {
    const fault = BlueprintDocument.SHAPE.tryFindFault(document, '');
    if (fault !== undefined) {
      const place = fault.place === '' ? path : `${path}: ${fault.place}`;
      return [{ ...finding(place), message: fault.message }];
    }
    const { schema } = document as { schema: string };
    return schema === BlueprintDocument.SCHEMA
      ? []
      : [{ ...finding(`${path}: schema`), message: `must be ${BlueprintDocument.SCHEMA}, got ${schema}` }];
  }

  private constructor() {}
}

function finding(path: string): Omit<Finding, 'message'> {
  const { rule, effect, severity, source } = DOCUMENT.form;
  return { rule, effect, severity, path, source };
}
