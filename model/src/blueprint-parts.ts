import { RESOURCE_TAG } from './private/resource-tag';
import { TagCondition } from './selection';
import { Waiver } from './waiver';

/**
 * Parts of a blueprint in the form in which the properties of constructs have them.
 */
export class BlueprintParts {
  /**
   * Tags of a selection as maps, each key once in a map: two values of one tag are two selections.
   *
   * @param tags the tags, e.g. `listOfTags` of a selection
   */
  public static tagMaps(tags: TagCondition[]): { [tagKey: string]: string }[] {
    const maps: Record<string, string>[] = [{}];
    for (const { conditionKey, conditionValue } of tags) {
      let map = maps.find((one) => !Object.hasOwn(one, conditionKey));
      if (map === undefined) {
        map = {};
        maps.push(map);
      }
      map[conditionKey] = conditionValue;
    }
    return maps;
  }

  /**
   * Conditions on tags as a map from the plain tag key, without `aws:ResourceTag/`.
   *
   * @param conditions e.g. `stringEquals` of a selection's conditions
   */
  public static conditionMap(conditions: TagCondition[]): { [tagKey: string]: string } {
    return Object.fromEntries(
      conditions.map(({ conditionKey: key, conditionValue }) => [
        key.startsWith(RESOURCE_TAG) ? key.slice(RESOURCE_TAG.length) : key,
        conditionValue,
      ]),
    );
  }

  /**
   * Statements of the access policy of a vault, which a blueprint has as an object or as JSON text.
   *
   * @param accessPolicy the policy, or undefined
   * @throws Error when the text is no JSON, which `BlueprintDocument.check` finds
   */
  public static statements(accessPolicy?: any): any[] {
    const policy = (typeof accessPolicy === 'string' ? JSON.parse(accessPolicy) : accessPolicy) as
      { readonly Statement?: object | object[] } | undefined;
    return [policy?.Statement ?? []].flat();
  }

  /**
   * The waivers at a place of the blueprint, as the construct that is made of it has them.
   *
   * @param waivers those of the blueprint
   * @param place e.g. `plans[0]`
   */
  public static waiversAt(waivers: Waiver[], place: string): Waiver[] {
    const prefix = `${place}.`;
    return waivers.flatMap((waiver) => {
      if (waiver.path.startsWith(prefix)) {
        return [{ ...waiver, path: waiver.path.slice(prefix.length) }];
      }
      return waiver.path.startsWith('*') ? [waiver] : [];
    });
  }

  private constructor() {}
}
