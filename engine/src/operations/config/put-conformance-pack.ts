/**
 * PutConformancePack: a pack that is there is changed.
 *
 * Source   API of AWS Config 2014-11-12.
 * Gaps     The template is kept and not read: the pack makes no rules.
 */
import type { PutConformancePackCommandInput, PutConformancePackCommandOutput } from '@aws-sdk/client-config-service';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { tagsOf } from '../tag-list';

export function putConformancePack(
  state: WorldState,
  caller: Caller,
  input: PutConformancePackCommandInput,
): Omit<PutConformancePackCommandOutput, '$metadata'> {
  const { config } = state.services;
  const name = required(input.ConformancePackName, 'ConformancePackName');
  const before = config.packs.tryFind(caller, name);
  const templates = [input.TemplateBody, input.TemplateS3Uri, input.TemplateSSMDocumentDetails];
  if (templates.every((one) => one === undefined)) {
    // Assumed: the text.
    throw new AwsFault('InvalidParameterValueException', 'One of TemplateS3Uri, TemplateBody must be given.');
  }
  const { partition, account, region } = caller;
  const id = config.idOf('conformance-pack', caller, name, 9);
  const arn = `arn:${partition}:config:${region}:${account}:conformance-pack/${name}/${id}`;
  const tags = before?.tags ?? tagsOf(input.Tags);
  config.packs.put(caller, name, { name, arn, id, declared: input, updatedAt: state.now, tags });
  return { ConformancePackArn: arn };
}
