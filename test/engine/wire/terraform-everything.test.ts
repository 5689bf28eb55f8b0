// The real Terraform and AWS provider against a served World: one stack with every construct of provider/.
import * as fs from 'node:fs';
import { ACCOUNT, ServedTerraform, testTerraform } from '../../support/served-terraform';
import { exercised } from '../../support/programs';
import { everythingFor, makeSurroundings } from './terraform/everything';
import { done, note } from './terraform/life-cycle';

/** The provider waits a while for each key: these waits are for all keys at once. */
const AT_ONCE = '-parallelism=60';

testTerraform()(
  'Terraform makes what every construct declares, has nothing to do afterwards, and destroys it',
  async () => {
    const served = await ServedTerraform.open();
    try {
      const { folder: synthesized, text, resources } = everythingFor(ACCOUNT);
      makeSurroundings(served.world.state);
      const folder = served.folder('everything', {});
      fs.cpSync(synthesized, folder, { recursive: true });
      fs.writeFileSync(`${folder}/cdk.tf.json`, text);
      done(await served.run(folder, 'init'));
      const applied = note('everything: apply', done(await served.run(folder, 'apply', '-auto-approve', AT_ONCE)));
      expect(resources).toBeGreaterThan(350);
      expect(applied.output).toContain(`Apply complete! Resources: ${resources} added, 0 changed, 0 destroyed.`);
      note('everything: plan', done(await served.run(folder, 'plan', '-detailed-exitcode', AT_ONCE)));
      const destroy = ['destroy', '-auto-approve', '-refresh=false', AT_ONCE];
      const destroyed = note('everything: destroy', done(await served.run(folder, ...destroy)));
      expect(destroyed.output).toContain(`Destroy complete! Resources: ${resources} destroyed.`);
      exercised('terraform', `apply, plan and destroy of ${resources} resources of all constructs`);
    } finally {
      await served.close();
    }
  },
  600_000,
);
