/**
 * A first session, from nothing to a paid order, a refused one and the messages about both; and the way back into it.
 * The explorer opens each in a tab of its own, named after the operation. Values stand in the text, where whoever runs
 * it sees and changes them.
 */
export const examples: readonly string[] = [
  `# 1. Become a customer: press Ctrl-Enter.
# The other tabs then speak for you.
mutation Register {
  register(
    input: {
      email: "ada@example.com"
      name: "Ada"
      password: "a long enough one"
    }
  ) {
    accessToken
    expiresAt
    user {
      id
      name
    }
    userErrors {
      code
      message
      field
    }
  }
}
`,
  `# 2. What you have: come back after each step.
query Overview {
  viewer {
    name
    accounts {
      id
      number
      balance {
        amount
        currency
      }
    }
    orders(first: 5) {
      totalCount
      nodes {
        productId
        total {
          amount
          currency
        }
        status
        rejectionReason
      }
    }
    notifications(first: 5) {
      unreadCount
      nodes {
        id
        subject
        body
        readAt
      }
    }
  }
}
`,
  `# 3. Put money in. Run it as often as you like:
# one key never acts twice.
mutation Deposit {
  deposit(
    input: {
      accountId: "id of your USD account, from 2"
      amount: { amount: "50.00", currency: USD }
      idempotencyKey: "deposit-1"
    }
  ) {
    transaction {
      id
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
  `# 4. Order what your money covers. It is taken
# as PENDING, and paid a moment later: see 2.
mutation Order {
  placeOrder(
    input: {
      productId: "coffee-beans"
      unitPrice: { amount: "12.50", currency: USD }
      quantity: 2
      idempotencyKey: "order-1"
    }
  ) {
    order {
      id
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
  `# 5. Order what your money does not cover. It is
# taken too, and rejected a moment later: see 2.
mutation LargeOrder {
  placeOrder(
    input: {
      productId: "espresso-machine"
      unitPrice: { amount: "2400.00", currency: USD }
      quantity: 1
      idempotencyKey: "order-2"
    }
  ) {
    order {
      id
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
  `# 6. Mark a message as read.
mutation MarkRead {
  markNotificationRead(
    input: { notificationId: "id of a message, from 2" }
  ) {
    notification {
      id
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
  `# After ten minutes, or when the page has been
# loaded again: be the customer of 1 again.
mutation Login {
  login(
    input: {
      email: "ada@example.com"
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
