terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region      = "eu-central-1"
  max_retries = 2
}

provider "aws" {
  alias       = "west"
  region      = "eu-west-1"
  max_retries = 2
}

# What is changed in place, or replaced, when it becomes 2.
variable "step" {
  type    = number
  default = 1
}
