// A cdktf app of somebody who has installed the packages: the same table, vault and plan.
const { DynamodbTable } = require('@cdktf/provider-aws/lib/dynamodb-table');
const { AwsProvider } = require('@cdktf/provider-aws/lib/provider');
const { Plan, SelectionResource, Vault } = require('@holdfast/cdktf');
const { Schedule } = require('@holdfast/model');
const { App, TerraformStack } = require('cdktf');

const app = new App({ outdir: 'cdktf.out' });
const stack = new TerraformStack(app, 'Shop');
new AwsProvider(stack, 'Aws', { region: 'eu-central-1', allowedAccountIds: ['111122223333'] });
const orders = new DynamodbTable(stack, 'Orders', {
  name: 'orders',
  billingMode: 'PAY_PER_REQUEST',
  hashKey: 'id',
  attribute: [{ name: 'id', type: 'S' }],
});
const vault = new Vault(stack, 'Vault', { backupVaultName: 'shop' });
const plan = new Plan(stack, 'Plan', {
  backupPlanName: 'shop',
  rules: [{ ruleName: 'daily', vault, schedule: Schedule.daily({ hour: 5 }), deleteAfterDays: 35 }],
});
plan.addSelection('Orders', { selectionName: 'orders', resources: [SelectionResource.fromResource(orders)] });
app.synth();
