import { DocumentShape } from './document-shape';
import { BLUEPRINT } from './private/blueprint-fields';

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

  private constructor() {}
}
