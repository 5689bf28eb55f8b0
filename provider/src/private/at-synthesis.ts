import { Aspects } from 'cdktf';
import { IConstruct } from 'constructs';

/** Judges a construct when the whole app is known; once, however often it is synthesized. */
export function atSynthesis(scope: IConstruct, judge: () => void): void {
  let isJudged = false;
  Aspects.of(scope).add({
    visit: (node) => {
      if (node === scope && !isJudged) {
        judge();
        isJudged = true;
      }
    },
  });
}
