// A module for users of plain HCL: `cdktf synth --hcl`, or `npm run example:hcl-module` at the root of the workspace.
import { App } from 'cdktf';
import { buildModule } from './module';

// A module has no provider block of its own: the root module that calls it has, which the validation cannot know.
const app = new App({ hclOutput: true, skipValidation: true });
buildModule(app);
app.synth();
