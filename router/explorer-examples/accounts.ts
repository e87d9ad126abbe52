/** Examples 1 to 5: registration, accounts, deposit, quote and transfer. */
export const accountExamples: readonly string[] = [
  `# 1. Register: press Ctrl-Enter. Then run the tabs
# from left to right; there is nothing to copy.
#
# Variables without a value are filled in: $newEmail
# and $idempotencyKey with a new value for each run,
# the others from earlier responses, by name.
#
# docs/build-a-client.md is the guide to clients.
mutation Register($newEmail: String!) {
  register(
    input: {
      email: $newEmail
      name: "Ada"
      password: "a long enough one"
    }
  ) {
    user {
      name
      email
    }
    accessToken
    expiresAt
    userErrors {
      code
      message
      field
    }
  }
}
`,
  `# 2. Your accounts: an opening balance of 100 USD.
query Accounts {
  viewer {
    usd: account(currency: USD) {
      usdAccountId: id
      number
      balance {
        amount
        currency
      }
    }
    eur: account(currency: EUR) {
      eurAccountId: id
      number
      balance {
        amount
        currency
      }
    }
    cny: account(currency: CNY) {
      cnyAccountId: id
      number
      balance {
        amount
        currency
      }
    }
  }
}
`,
  `# 3. Deposit. One key has one effect: write an
# idempotencyKey into the variables and run it twice.
mutation Deposit($usdAccountId: ID!, $idempotencyKey: ID!) {
  deposit(
    input: {
      accountId: $usdAccountId
      amount: { amount: "50.00", currency: USD }
      idempotencyKey: $idempotencyKey
    }
  ) {
    transaction {
      kind
      amount {
        amount
        currency
      }
      to {
        balance {
          amount
          currency
        }
      }
    }
    userErrors {
      code
      message
      field
    }
  }
}
`,
  `# 4. Get a quote for a transfer from dollars to euros.
# It is valid for a minute and for one transfer.
mutation Quote($usdAccountId: ID!, $eurAccountId: ID!) {
  quoteTransfer(
    input: {
      fromAccountId: $usdAccountId
      toAccountId: $eurAccountId
      amount: { amount: "20.00", currency: USD }
    }
  ) {
    quote {
      quoteId: id
      fee {
        amount
        currency
      }
      received {
        amount
        currency
      }
      rate
      expiresAt
    }
    userErrors {
      code
      message
      field
    }
  }
}
`,
  `# 5. Transfer as quoted. To transfer again, get
# another quote first.
mutation Transfer(
  $usdAccountId: ID!
  $eurAccountId: ID!
  $quoteId: ID!
  $idempotencyKey: ID!
) {
  transfer(
    input: {
      fromAccountId: $usdAccountId
      toAccountId: $eurAccountId
      amount: { amount: "20.00", currency: USD }
      quoteId: $quoteId
      description: "For the journey"
      idempotencyKey: $idempotencyKey
    }
  ) {
    transaction {
      amount {
        amount
        currency
      }
      received {
        amount
        currency
      }
      rate
      from {
        balance {
          amount
          currency
        }
      }
      to {
        balance {
          amount
          currency
        }
      }
    }
    userErrors {
      code
      message
      field
    }
  }
}
`,
];
