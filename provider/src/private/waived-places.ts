import { Waiver } from '@holdfast/model';
import { IConstruct } from 'constructs';

/** Under this type a construct node keeps what is accepted at and below it. */
const WAIVER = 'holdfast:waiver';

/** A waiver whose path is the construct that carries it. */
export type PlaceWaiver = Omit<Waiver, 'path'>;

/** Accepts what a rule finds at and below a construct. */
export function waivePlace(construct: IConstruct, waiver: PlaceWaiver): void {
  construct.node.addMetadata(WAIVER, waiver);
}

/** The waivers at and below a construct, as paths from the root of the app. */
export function waivedPlaces(root: IConstruct): Waiver[] {
  return root.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === WAIVER)
      .flatMap(({ data }: { data: PlaceWaiver }): Waiver[] => [
        { ...data, path: node.path },
        { ...data, path: `${node.path}/*` },
      ]),
  );
}
