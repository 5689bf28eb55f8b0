// The real Terraform makes a network, and what stands in it, in a served World.
import { exercised } from '../../support/programs';
import { ACCOUNT, REGION, ServedTerraform, testTerraform } from '../../support/served-terraform';
import { done, files, note } from './terraform/life-cycle';

const ENV = { partition: 'aws', account: ACCOUNT, region: REGION };

let served: ServedTerraform | undefined;

afterEach(async () => {
  await served?.close();
  served = undefined;
});

testTerraform()(
  'a network with its gateways, groups, mount targets, profiles and secrets is applied, has no drift, changes and goes',
  async () => {
    exercised('terraform', 'networks in a served World');
    served = await ServedTerraform.open();
    const terraform = served;
    const folder = served.folder('networks', files('provider.tf', 'networks.tf'));
    const run = (...args: string[]) => terraform.run(folder, ...args);
    done(await run('init'));
    note('networks apply', done(await run('apply', '-auto-approve')));
    expect(done(await run('plan', '-detailed-exitcode')).output).toContain('No changes.');
    const { vpc } = await served.outputs(folder);
    const network = served.world.state.services.networks.at(ENV);
    expect(network.vpcs.get(String(vpc))).toMatchObject({ tags: { Name: 'main-1' }, dnsHostnames: true });
    const changed = ['-var', 'step=2'];
    note('networks update', done(await run('apply', '-auto-approve', ...changed)));
    expect(done(await run('plan', '-detailed-exitcode', ...changed)).output).toContain('No changes.');
    expect(network.vpcs.get(String(vpc))).toMatchObject({ tags: { Name: 'main-2' }, dnsHostnames: false });
    note('networks destroy', done(await run('destroy', '-auto-approve', ...changed)));
    expect([...network.vpcs.values()].map(({ isDefault }) => isDefault)).toEqual([true]);
    expect(served.world.state.services.instanceProfiles.list(ENV)).toEqual([]);
    // A secret is gone for good once its days are over.
    const { secrets } = served.world.state.services;
    expect(secrets.list(ENV, served.world.state.now)).toHaveLength(1);
    await served.advance('P7D');
    expect(secrets.list(ENV, served.world.state.now)).toEqual([]);
  },
  400_000,
);
