/** The other examples: orders, refund, history, messages and sign-in. */
export const orderExamples: readonly string[] = [
  `# 6. Place an order that your balance covers. It is
# PENDING at first, and PAID a moment later.
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
  `# 7. Subscribe to the order: it is sent now and at
# each change, until it is paid.
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
  `# 8. Refund the order: it is REFUNDING at first, and
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
  `# 9. Place an order that your balance does not cover.
# It is PENDING at first, and REJECTED a moment later.
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
  `# 10. Your history: all transactions, both orders.
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
  `# A token is valid for ten minutes, and a reloaded
# page has none: sign in as the customer of tab 1.
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
