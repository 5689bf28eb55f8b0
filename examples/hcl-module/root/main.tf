# A root module in plain HCL that uses the module which the Terraform CDK wrote.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "backups" {
  source            = "../cdktf.out/stacks/backups"
  vault_name        = "ledger"
  plan_name         = "ledger"
  delete_after_days = 90
}

output "vault_arn" {
  value = module.backups.vault_arn
}
