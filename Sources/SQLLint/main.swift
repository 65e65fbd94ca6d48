print("sqllint")
