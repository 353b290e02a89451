enum Status { SENT, ARRIVED, LOST }
