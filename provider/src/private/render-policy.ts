import { Fn } from 'cdktf';

/** A policy document as an argument; a list that is known only to Terraform can be laid into text only by Terraform. */
export function renderPolicy(document: unknown): string {
  const text = JSON.stringify(document);
  return text.includes('#{TfToken[') ? Fn.jsonencode(document) : text;
}
