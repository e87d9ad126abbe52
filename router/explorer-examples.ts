/**
 * A first session: from registration to a paid and refunded order, its messages, and a refused order. The explorer
 * opens each example in a tab, named after the operation. Each tab runs after the ones before it as it stands: the page
 * fills in required variables (`explorer-session.ts`), from fields of the same name in earlier answers.
 */
export const examples: readonly string[] = [
  `# 1. Register: press Ctrl-Enter. Then run the tabs
# from left to right; there is nothing to copy.
#
# Variables without a value are filled in: $newEmail
# and $idempotencyKey with a new value for each run,
# the others from earlier answers, by their names.
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
  `# 2. Your accounts: 100.00 USD to begin with.
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
  `# 3. Put money in. One key has one effect: write an
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
  `# 4. What a transfer from dollars to euros comes to.
# The quote is good for a minute, and for one transfer.
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
  `# 6. Order what your money covers. The order is
# PENDING at first, and paid a moment later.
mutation Order($idempotencyKey: ID!) {
  placeOrder(
    input: {
      productId: "coffee-beans"
      unitPrice: { amount: "12.50", currency: USD }
      quantity: 2
      idempotencyKey: $idempotencyKey
    }
  ) {
    order {
      orderId: id
      total {
        amount
        currency
      }
      status
    }
    userErrors {
      code
      message
      field
    }
  }
}
`,
  `# 7. Follow the order: a subscription, which shows it
# now and at each change, and ends when it is paid.
subscription FollowOrder($orderId: ID!) {
  orderUpdated(id: $orderId) {
    status
    settledAt
    total {
      amount
      currency
    }
  }
}
`,
  `# 8. Get the money back: the order is REFUNDING, and
# REFUNDED a moment later. Run 7 again to see it.
mutation Refund($orderId: ID!, $idempotencyKey: ID!) {
  refundOrder(
    input: { orderId: $orderId, idempotencyKey: $idempotencyKey }
  ) {
    order {
      status
      total {
        amount
        currency
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
  `# 9. Order what your money does not cover. The order
# is PENDING too, and rejected a moment later.
mutation LargeOrder($idempotencyKey: ID!) {
  placeOrder(
    input: {
      productId: "espresso-machine"
      unitPrice: { amount: "2400.00", currency: USD }
      quantity: 1
      idempotencyKey: $idempotencyKey
    }
  ) {
    order {
      total {
        amount
        currency
      }
      status
    }
    userErrors {
      code
      message
      field
    }
  }
}
`,
  `# 10. What happened: all transactions, both orders.
query History {
  viewer {
    transactions(first: 10) {
      totalCount
      nodes {
        kind
        amount {
          amount
          currency
        }
        received {
          amount
          currency
        }
        description
        createdAt
      }
    }
    orders(first: 5) {
      nodes {
        productId
        status
        rejectionReason
      }
    }
  }
}
`,
  `# 11. Your messages.
query Messages {
  viewer {
    notifications(first: 5) {
      unreadCount
      nodes {
        notificationId: id
        kind
        subject
        body
        readAt
      }
    }
  }
}
`,
  `# 12. Mark the newest message as read.
mutation MarkRead($notificationId: ID!) {
  markNotificationRead(
    input: { notificationId: $notificationId }
  ) {
    notification {
      subject
      readAt
    }
    userErrors {
      code
      message
      field
    }
  }
}
`,
  `# A token is good for ten minutes, and a page that is
# loaded again has none: sign in as in 1.
mutation Login($email: String!) {
  login(
    input: {
      email: $email
      password: "a long enough one"
    }
  ) {
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
];
