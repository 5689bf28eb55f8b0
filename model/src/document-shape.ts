import { nearestOf } from './private/nearest';

/**
 * What does not fit in a document, and where.
 */
export interface DocumentFault {
  /**
   * Path of the value, e.g. `vaults[0].vaultLock.minRetentionDays`; empty for the document itself.
   */
  readonly place: string;

  /**
   * What is wrong: `must be a number, got "7"`, `is not a field here; did you mean rules?`.
   */
  readonly message: string;
}

/**
 * A field of an object in a document.
 */
export interface DocumentField {
  /**
   * What its value may be.
   */
  readonly shape: DocumentShape;

  /**
   * Whether it must be there.
   *
   * @default false
   */
  readonly required?: boolean;

  /**
   * Whether a rule says that it is missing, beside all other findings, so that the shape does not.
   *
   * @default false
   */
  readonly ruled?: boolean;
}

/**
 * What a value of a document in JSON or YAML may be.
 *
 * Unknown fields do not fit either, since a misspelt optional field would be a silent skip.
 */
export class DocumentShape {
  /**
   * A text.
   */
  public static text(): DocumentShape {
    return new DocumentShape('text');
  }

  /**
   * A number.
   */
  public static number(): DocumentShape {
    return new DocumentShape('number');
  }

  /**
   * True or false.
   */
  public static truth(): DocumentShape {
    return new DocumentShape('boolean');
  }

  /**
   * Any value.
   */
  public static anything(): DocumentShape {
    return new DocumentShape('any');
  }

  /**
   * An object of texts with any keys.
   */
  public static textMap(): DocumentShape {
    return new DocumentShape('text-map');
  }

  /**
   * An object of truths with any keys.
   */
  public static booleanMap(): DocumentShape {
    return new DocumentShape('boolean-map');
  }

  /**
   * A list.
   *
   * @param element what each element may be
   */
  public static listOf(element: DocumentShape): DocumentShape {
    return new DocumentShape('list', element);
  }

  /**
   * An object with these fields and no others.
   *
   * @param fields the fields by name
   */
  public static fields(fields: { [name: string]: DocumentField }): DocumentShape {
    return new DocumentShape('fields', undefined, fields);
  }

  /**
   * The one of the known names that a mistyped one most likely is, or nothing when it is like none.
   *
   * @param name the name as it stands
   * @param known names that would be right
   */
  public static nearest(name: string, known: string[]): string | undefined {
    return nearestOf(name, known);
  }

  private constructor(
    /**
     * `text`, `number`, `boolean`, `any`, `text-map`, `boolean-map`, `list` or `fields`.
     */
    public readonly kind: string,

    /**
     * What an element of a list may be.
     */
    public readonly element?: DocumentShape,

    /**
     * The fields of an object.
     */
    public readonly members?: { [name: string]: DocumentField },
  ) {}

  /**
   * The first value that does not fit, in the order of the document, or nothing.
   *
   * @param value the document, or a part of it
   * @param place where the value stands, empty for the document itself
   */
  public tryFindFault(value: any, place: string): DocumentFault | undefined {
    return this.findFaults(value, place)[0];
  }

  /**
   * Every value that does not fit, in the order of the document.
   *
   * @param value the document, or a part of it
   * @param place where the value stands, empty for the document itself
   */
  public findFaults(value: any, place: string): DocumentFault[] {
    switch (this.kind) {
      case 'any':
        return [];
      case 'text':
        return typeof value === 'string' ? [] : [unfit(place, 'text', value)];
      case 'number':
        return Number.isFinite(value) ? [] : [unfit(place, 'a number', value)];
      case 'boolean':
        return typeof value === 'boolean' ? [] : [unfit(place, 'true or false', value)];
      case 'list':
        return Array.isArray(value)
          ? value.flatMap((item: unknown, index) => this.element!.findFaults(item, `${place}[${index}]`))
          : [unfit(place, 'a list', value)];
      case 'fields':
        return isObject(value) ? this.faultsOfFields(value, place) : [unfit(place, 'an object', value)];
      default: {
        const each = this.kind === 'text-map' ? DocumentShape.text() : DocumentShape.truth();
        return isObject(value)
          ? Object.entries(value).flatMap(([key, item]) => each.findFaults(item, under(place, key)))
          : [unfit(place, 'an object', value)];
      }
    }
  }

  private faultsOfFields(value: Readonly<Record<string, unknown>>, place: string): DocumentFault[] {
    const fields = this.members ?? {};
    const unfitting = Object.entries(value).flatMap(([key, item]): DocumentFault[] => {
      const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (field === undefined) {
        return [{ place: under(place, key), message: unknownKey(key, Object.keys(fields)) }];
      }
      return item === undefined ? [] : field.shape.findFaults(item, under(place, key));
    });
    const missing = Object.entries(fields)
      .filter(([key, { required = false, ruled = false }]) => required && !ruled && value[key] === undefined)
      .map(([key]) => ({ place: under(place, key), message: 'is not set' }));
    return [...unfitting, ...missing];
  }
}

function unknownKey(key: string, known: string[]): string {
  const near = nearestOf(key, known);
  return `is not a field here; ${near === undefined ? `the fields are ${known.join(', ')}` : `did you mean ${near}?`}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unfit(place: string, wanted: string, value: unknown): DocumentFault {
  const hint = wanted === 'text' && (typeof value === 'number' || typeof value === 'boolean') ? ' (quote it)' : '';
  return { place, message: `must be ${wanted}, got ${shown(value)}${hint}` };
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}

function under(place: string, key: string): string {
  return place === '' ? key : `${place}.${key}`;
}
