// The ledger application as a Terraform CDK app: `cdktf synth`, or `npm run example` at the root of the workspace.
import { App } from 'cdktf';
import { buildEstate } from './estate';

const app = new App();
buildEstate(app);
app.synth();
